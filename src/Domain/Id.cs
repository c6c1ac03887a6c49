using System.Diagnostics.CodeAnalysis;

namespace CleanPortfolio.Domain;

/// <summary>
/// Identity of a <typeparamref name="T"/>: a version 7 UUID, so that ids sort by the instant they were made.
/// The type parameter keeps the id of a stock from being taken for the id of a portfolio.
/// </summary>
public readonly record struct Id<T>(Guid Value) : IParsable<Id<T>>, IComparable<Id<T>>
{
    /// <summary>A new id made at <paramref name="now"/>.</summary>
    public static Id<T> New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>
    /// One of many ids made together at <paramref name="now"/>: they sort by <paramref name="position"/>, from 0. Every 4096th is a
    /// millisecond later than it is, RFC 9562 section 6.2 method 1.
    /// </summary>
    public static Id<T> New(DateTimeOffset now, int position)
    {
        const int PerMillisecond = 4096;
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now.AddMilliseconds(position / PerMillisecond)).TryWriteBytes(bytes, bigEndian: true, out _);
        var counter = position % PerMillisecond;
        (bytes[6], bytes[7]) = ((byte)(0x70 | (counter >> 8)), (byte)counter);
        return new Id<T>(new Guid(bytes, bigEndian: true));
    }

    /// <inheritdoc/>
    public int CompareTo(Id<T> other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public static Id<T> Parse(string s, IFormatProvider? provider) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id<T> result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new Id<T>(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");

    /// <summary>Earlier made.</summary>
    public static bool operator <(Id<T> left, Id<T> right) => left.CompareTo(right) < 0;

    /// <summary>Later made.</summary>
    public static bool operator >(Id<T> left, Id<T> right) => left.CompareTo(right) > 0;

    /// <summary>Not later made.</summary>
    public static bool operator <=(Id<T> left, Id<T> right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier made.</summary>
    public static bool operator >=(Id<T> left, Id<T> right) => left.CompareTo(right) >= 0;
}
