using CleanPortfolio.Testing;

[assembly: TestFramework(TestRun.Name, TestRun.Assembly)]

namespace CleanPortfolio.Api.Tests;

/// <summary>The app that most tests share; collections run at the same time, the tests of one collection one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LedgerApp : ICollectionFixture<TestApp>
{
    public const string Name = nameof(LedgerApp);
}
