using System.Globalization;

namespace CleanPortfolio.Benchmarks.Population;

/// <summary>
/// Memory and CPU of a PostgreSQL server with all its processes: what each has for itself, and what of the shared memory the one that used
/// most of it has seen. Linux only; elsewhere it sees nothing.
/// </summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private readonly int postmaster;
    private readonly CancellationTokenSource stop = new();
    private readonly Task sampling;

    public ServerWatch(int postmaster)
    {
        this.postmaster = postmaster;
        sampling = Sample();
    }

    /// <summary>Greatest sum seen, in MB.</summary>
    public double PeakMegabytes { get; private set; }

    /// <summary>CPU seconds so far, of living processes and of those that ended.</summary>
    public double Cpu => Processes().Sum(id => Ticks(id, withEnded: id == postmaster)) / TicksPerSecond;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sampling;
        stop.Dispose();
    }

    private async Task Sample()
    {
        while (!stop.IsCancellationRequested)
        {
            PeakMegabytes = Math.Max(PeakMegabytes, Megabytes());
            // Seldom: the kernel's time for it is time that the measured ones do not have.
            await Task.Delay(1000, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private IEnumerable<int> Processes() =>
        Directory.Exists("/proc")
            ? Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id == postmaster || (id > 0 && Stat(id) is [_, _, ..] stat && stat[1] == Text(postmaster)))
            : [];

    private double Megabytes()
    {
        var texts = Processes().Select(id => Read($"/proc/{Text(id)}/status")).ToList();
        return (texts.Sum(text => Kilobytes(text, "RssAnon:")) + texts.Select(text => Kilobytes(text, "RssShmem:")).DefaultIfEmpty().Max())
            / 1e3;
    }

    private static double Kilobytes(string status, string name)
    {
        var line = status.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    // utime, stime, and of the ended children cutime, cstime.
    private static double Ticks(int id, bool withEnded) =>
        Stat(id) is { Length: > 14 } stat
            ? stat[11..(withEnded ? 15 : 13)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))
            : 0;

    // The fields after the name, which may hold blanks.
    private static string[] Stat(int id)
    {
        var text = Read($"/proc/{Text(id)}/stat");
        return text.Length == 0 ? [] : text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // ended meanwhile
        }
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
