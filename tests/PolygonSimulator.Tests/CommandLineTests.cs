using CleanPortfolio.PolygonSimulator.Faults;

namespace CleanPortfolio.PolygonSimulator.Tests;

public sealed class CommandLineTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Options_are_read()
    {
        var options = CommandLine.Parse([
            "--data",
            "folder",
            "--prefix",
            "us",
            "--urls",
            "http://127.0.0.1:1",
            "--now",
            "2017-04-03",
            "--key",
            "a:b:basic",
            "--rename",
            "ACT:AGN:2015-06-15",
            "--retry-after",
        ])!;

        options.DataFolder.Should().Be("folder");
        options.DataPrefix.Should().Be("us");
        options.Url.Should().Be("http://127.0.0.1:1");
        options.Now.Should().Be(new DateTimeOffset(2017, 4, 3, 16, 0, 0, TimeSpan.Zero), "a date is noon in New York");
        options.Keys.Should().ContainSingle().Which.Should().BeEquivalentTo(KeyPlan.Basic("a:b"));
        options.RetryAfterHeader.Should().BeTrue();
        options.Renames.Should().Equal(new Rename("ACT", "AGN", new DateOnly(2015, 6, 15)));
    }

    [Fact]
    public void Faults_and_keys_come_from_files()
    {
        File.WriteAllText(file, """[{"kind":"lateDividend","ticker":"KO","until":"2026-07-03"},{"kind":"slow","delayMilliseconds":5}]""");
        var faults = CommandLine.Parse(["--faults", file])!.Faults;
        File.WriteAllText(file, """[{"key":"free","callsPerMinute":5,"freshness":"endOfDay","notEntitled":["/v2/aggs"]}]""");
        var keys = CommandLine.Parse(["--keys", file])!.Keys;

        faults
            .Should()
            .Equal(
                new Fault(FaultKind.LateDividend) { Ticker = "KO", Until = new DateOnly(2026, 7, 3) },
                new Fault(FaultKind.Slow) { DelayMilliseconds = 5 }
            );
        keys.Should()
            .ContainSingle()
            .Which.Should()
            .Match<KeyPlan>(plan => plan.CallsPerMinute == 5 && plan.Freshness == Freshness.EndOfDay);
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--dta", "folder")]
    [InlineData("--key", "without-a-plan")]
    [InlineData("--now", "soon")]
    [InlineData("--rename", "ACT:AGN")]
    public void Wrong_usage_is_refused(params string[] arguments) =>
        FluentActions.Invoking(() => CommandLine.Parse(arguments)).Should().Throw<FormatException>();

    [Theory]
    [InlineData("""[{"ticker":"KO"}]""")]
    [InlineData("""[{"kind":"slow","tiker":"KO"}]""")]
    public void A_misspelt_fault_is_refused(string json)
    {
        File.WriteAllText(file, json);

        FluentActions.Invoking(() => CommandLine.Parse(["--faults", file])).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Help_is_no_option_to_run() => CommandLine.Parse(["--help"]).Should().BeNull();
}
