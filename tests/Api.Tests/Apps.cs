using CleanPortfolio.Testing;

[assembly: TestFramework(TestRun.Name, TestRun.Assembly)]

namespace CleanPortfolio.Api.Tests;

/// <summary>The app that most tests share. Collections run at the same time, the tests of one collection one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LedgerApp : ICollectionFixture<TestApp>
{
    public const string Name = nameof(LedgerApp);
}

/// <summary>For tests that start jobs and let the market misbehave.</summary>
[CollectionDefinition(Name)]
public sealed class MarketApp : ICollectionFixture<TestApp>
{
    public const string Name = nameof(MarketApp);
}

/// <summary>Nobody works its queue: every job stays where it is.</summary>
[CollectionDefinition(Name)]
public sealed class IdleApp : ICollectionFixture<IdleApp.App>
{
    public const string Name = nameof(IdleApp);

    public sealed class App() : TestApp(new TestAppOptions { Workers = 0 });
}
