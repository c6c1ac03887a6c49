using System.Globalization;
using System.Text.Json;
using CleanPortfolio.PolygonSimulator.Http;
using CleanPortfolio.PolygonSimulator.Time;

namespace CleanPortfolio.PolygonSimulator;

internal static class CommandLine
{
    public const string Help = """
        Usage: dotnet run --project src/PolygonSimulator -- [options]
          --data FOLDER     serve CSV files instead of the made-up market
          --prefix NAME     which set, when the folder holds several (us_selected of us_selected_2015.csv, us_selected_splits.csv)
          --rename A:B:DATE from this day on what was listed as A is listed as B; with --data, may be repeated
          --urls URL        address to listen at, default http://127.0.0.1:9999
          --now TIME        simulated time, a date (noon in New York) or an ISO 8601 instant; it stands still there
          --key KEY:PLAN    accept this key with a plan: basic, starter, developer, advanced; may be repeated; default: any key, no limits
          --keys FILE       JSON array of keys with their limits
          --faults FILE     JSON array of faults in force from the start
          --retry-after     send Retry-After with 429
          --help            this text
        """;

    /// <summary>Null when help was asked for.</summary>
    /// <exception cref="FormatException">An unknown option, or one without its value.</exception>
    public static SimulatorOptions? Parse(string[] arguments)
    {
        var options = new SimulatorOptions { Url = "http://127.0.0.1:9999", LogToConsole = true };
        for (var at = 0; at < arguments.Length; at++)
        {
            var option = arguments[at];
            switch (option)
            {
                case "--help" or "-h":
                    return null;
                case "--retry-after":
                    options = options with { RetryAfterHeader = true };
                    break;
                default:
                    var value = ++at < arguments.Length ? arguments[at] : throw new FormatException($"{option} needs a value.\n{Help}");
                    options = With(options, option, value);
                    break;
            }
        }
        return options;
    }

    static SimulatorOptions With(SimulatorOptions options, string option, string value) =>
        option switch
        {
            "--data" => options with { DataFolder = value },
            "--prefix" => options with { DataPrefix = value },
            "--rename" => options with { Renames = [.. options.Renames, Renaming(value)] },
            "--urls" => options with { Url = value },
            "--now" => options with { Now = Time(value) },
            "--key" => options with { Keys = [.. options.Keys, Key(value)] },
            "--keys" => options with { Keys = [.. options.Keys, .. Read<KeyPlan[]>(value)] },
            "--faults" => options with { Faults = [.. options.Faults, .. Read<Fault[]>(value)] },
            _ => throw new FormatException($"Unknown option {option}.\n{Help}"),
        };

    static DateTimeOffset Time(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? NewYork.At(date, new TimeOnly(12, 0))
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static Rename Renaming(string text) =>
        text.Split(':') is [{ Length: > 0 } symbol, { Length: > 0 } newSymbol, var day]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new Rename(symbol, newSymbol, date)
            : throw new FormatException($"--rename {text}: the form is OLD:NEW:2015-06-15.");

    static KeyPlan Key(string text) =>
        text.LastIndexOf(':') is > 0 and var cut
            ? KeyPlan.Named(text[(cut + 1)..], text[..cut])
            : throw new FormatException($"--key {text}: the form is KEY:PLAN.");

    static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Settings.Json)!;
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path}: {failure.Message}", failure);
        }
    }
}
