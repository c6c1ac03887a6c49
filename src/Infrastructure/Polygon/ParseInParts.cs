using System.Reflection;
using System.Text.Json;
using CleanPortfolio.Application;
using Refit;

namespace CleanPortfolio.Infrastructure.Polygon;

/// <summary>
/// Parses an answer, which is UTF-8 as all JSON is, in parts of 64 KiB (some 600 bars), and requests go first between them: a whole market takes
/// a core for long.
/// </summary>
internal sealed class ParseInParts(RightOfWay rightOfWay) : IHttpContentSerializer
{
    private static readonly JsonSerializerOptions Options = new() { TypeInfoResolver = PolygonJson.Default, DefaultBufferSize = 64 * 1024 };

    private readonly SystemTextJsonContentSerializer _whole = new(Options);

    public async Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default)
    {
        await using var parts = new Parts(await content.ReadAsStreamAsync(cancellationToken), rightOfWay);
        return await JsonSerializer.DeserializeAsync<T>(parts, Options, cancellationToken);
    }

    public HttpContent ToHttpContent<T>(T item) => _whole.ToHttpContent(item);

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => _whole.GetFieldNameForProperty(propertyInfo);

    private sealed class Parts(Stream whole, RightOfWay rightOfWay) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await rightOfWay.GiveWay(cancellationToken);
            return await whole.ReadAsync(buffer, cancellationToken);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
