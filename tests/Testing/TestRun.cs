using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CleanPortfolio.Testing;

/// <summary>
/// Ends the run's <see cref="TestCluster"/> after the last test of an assembly. A test assembly asks for it by
/// <c>[assembly: TestFramework(TestRun.Name, TestRun.Assembly)]</c>.
/// </summary>
public sealed class TestRun(IMessageSink messages) : XunitTestFramework(messages)
{
    /// <summary>Of this type.</summary>
    public const string Name = "CleanPortfolio.Testing.TestRun";

    /// <summary>Of the assembly that this type is in.</summary>
    public const string Assembly = "CleanPortfolio.Testing";

    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        // The base class starts the run and returns, so there is nobody to await this.
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions
        )
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly,
        IEnumerable<IXunitTestCase> cases,
        IMessageSink diagnostics,
        IMessageSink execution,
        ITestFrameworkExecutionOptions options
    ) : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await Aggregator.RunAsync(TestCluster.End);
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
