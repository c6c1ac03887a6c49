using System.IO.Compression;
using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>Lines of a CSV file, plain or .gz, as bytes of one reused buffer: a line is valid until the next is asked for.</summary>
internal sealed class LineReader(string path) : IDisposable
{
    readonly Stream stream = Open(path);
    byte[] buffer = new byte[1 << 18];
    int start;
    int end;

    public string Path => path;

    /// <summary>One-based number of the line last answered.</summary>
    public int Number { get; private set; }

    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var rest = buffer.AsSpan(start, end - start);
            var cut = rest.IndexOf((byte)'\n');
            if (cut < 0 && Fill())
                continue;
            line = (cut < 0 ? rest : rest[..cut]).TrimEnd((byte)'\r');
            start += cut < 0 ? rest.Length : cut + 1;
            Number++;
            return cut >= 0 || !rest.IsEmpty;
        }
    }

    public string? NextText() => Next(out var line) ? Encoding.UTF8.GetString(line).TrimStart('\uFEFF') : null;

    public InvalidDataException Bad(string what) => new($"{path}, line {Number}: {what}");

    public void Dispose() => stream.Dispose();

    bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }

    static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
