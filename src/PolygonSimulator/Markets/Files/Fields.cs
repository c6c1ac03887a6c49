using System.Text;

namespace CleanPortfolio.PolygonSimulator.Markets.Files;

/// <summary>The fields of one unquoted CSV line, left to right.</summary>
internal ref struct Fields(LineReader lines, ReadOnlySpan<byte> line)
{
    ReadOnlySpan<byte> rest = line;

    public ReadOnlySpan<byte> Next()
    {
        var cut = rest.IndexOf((byte)',');
        var field = cut < 0 ? rest : rest[..cut];
        rest = cut < 0 ? [] : rest[(cut + 1)..];
        return field;
    }

    public string Text() => Encoding.UTF8.GetString(Next());

    public long Micros()
    {
        var field = Next();
        return Markets.Micros.TryParse(field, out var value)
            ? value
            : throw lines.Bad($"'{Encoding.UTF8.GetString(field)}' is not a plain decimal number");
    }

    public DateOnly Date()
    {
        var field = Next();
        if (field.Length != 10 || field[4] != '-' || field[7] != '-')
            throw NotADate(field);
        var (year, month, day) = (Digits(field[..4]), Digits(field[5..7]), Digits(field[8..]));
        return year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : throw NotADate(field);
    }

    /// <summary>Splits a line whose fields may be quoted and hold commas.</summary>
    public static List<string> Quoted(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var inQuotes = false;
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (character == '"' && inQuotes && at + 1 < line.Length && line[at + 1] == '"')
                field.Append(line[++at]);
            else if (character == '"')
                inQuotes = !inQuotes;
            else if (character == ',' && !inQuotes)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(character);
        }
        fields.Add(field.ToString());
        return fields;
    }

    readonly InvalidDataException NotADate(ReadOnlySpan<byte> field) =>
        lines.Bad($"'{Encoding.UTF8.GetString(field)}' is not a date YYYY-MM-DD");

    static int Digits(ReadOnlySpan<byte> text)
    {
        var value = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit((char)character))
                return -1;
            value = (value * 10) + (character - '0');
        }
        return value;
    }
}
