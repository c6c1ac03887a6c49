using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CleanPortfolio.Domain;

/// <summary>
/// An ISO 4217 currency in use, written as its three upper-case letters, or one of the minor units that exchanges quote in: <c>GBX</c> (penny,
/// also written <c>GBp</c>), <c>ZAC</c> (also <c>ZAc</c>) and <c>ILA</c>. <c>default</c> is no currency and prints empty.
/// </summary>
public readonly record struct Currency : IParsable<Currency>
{
    private static readonly FrozenSet<string> InUse = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY "
        + "COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR "
        + "IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR "
        + "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD "
        + "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD "
        + "XOF XPF YER ZAR ZMW ZWG"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> MajorOf = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GBX"] = "GBP",
        ["ZAC"] = "ZAR",
        ["ILA"] = "ILS",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>Dollar of the United States: the currency of the provider's stocks unless it says otherwise.</summary>
    public static Currency Usd { get; } = new("USD");

    /// <summary>The three letters.</summary>
    public string Code => _code ?? "";

    /// <summary>The currency that this is a minor unit of; itself when it is none.</summary>
    public Currency ToMajor() => MajorOf.TryGetValue(Code, out var major) ? new Currency(major) : this;

    /// <summary>How many of it make one of <see cref="ToMajor"/>: 100 for a minor unit, else 1.</summary>
    public int UnitsPerMajor => MajorOf.ContainsKey(Code) ? 100 : 1;

    /// <summary>The currency of three letters in any case, but for <c>GBp</c> and <c>ZAc</c>, whose last letter makes them minor units.</summary>
    /// <exception cref="FormatException">Not a currency in use.</exception>
    public static Currency Parse(string s) =>
        TryParse(s, null, out var currency) ? currency : throw new FormatException($"'{s}' is not an ISO 4217 currency in use.");

    /// <inheritdoc/>
    public static Currency Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Currency result)
    {
        var code = s switch
        {
            "GBp" => "GBX",
            "ZAc" => "ZAC",
            _ => s?.ToUpperInvariant(),
        };
        var known = code is { Length: 3 } && (InUse.Contains(code) || MajorOf.ContainsKey(code));
        result = known ? new Currency(code!) : default;
        return known;
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
