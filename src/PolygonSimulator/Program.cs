using System.Runtime.InteropServices;

namespace CleanPortfolio.PolygonSimulator;

internal static class Program
{
    const int WrongUsage = 2;

    static async Task<int> Main(string[] arguments)
    {
        try
        {
            if (CommandLine.Parse(arguments) is not { } options)
            {
                await Console.Out.WriteLineAsync(CommandLine.Help);
                return 0;
            }
            await using var simulator = await Simulator.Start(options, CancellationToken.None);
            await Console.Out.WriteLineAsync(
                $"Simulated market data at {simulator.BaseAddress}, {simulator.Market.Stocks.Count} symbols, simulated time {simulator.Now:u}"
            );
            await Stopped();
            return 0;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return WrongUsage;
        }
    }

    static async Task Stopped()
    {
        var asked = new TaskCompletionSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await asked.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            asked.TrySetResult();
        }
    }
}
