using CleanPortfolio.PolygonSimulator.Http;

namespace CleanPortfolio.PolygonSimulator.Endpoints;

/// <summary>The codes of security types and exchanges.</summary>
internal static class Directories
{
    static readonly (string Code, string Description)[] TypeCodes =
    [
        ("CS", "Common Stock"),
        ("PFD", "Preferred Stock"),
        ("WARRANT", "Warrant"),
        ("RIGHT", "Rights"),
        ("BOND", "Corporate Bond"),
        ("ETF", "Exchange Traded Fund"),
        ("ETN", "Exchange Traded Note"),
        ("ETV", "Exchange Traded Vehicle"),
        ("SP", "Structured Product"),
        ("ADRC", "American Depository Receipt Common"),
        ("ADRP", "American Depository Receipt Preferred"),
        ("ADRW", "American Depository Receipt Warrants"),
        ("ADRR", "American Depository Receipt Rights"),
        ("FUND", "Fund"),
        ("BASKET", "Basket"),
        ("UNIT", "Unit"),
        ("LT", "Liquidating Trust"),
        ("OS", "Ordinary Shares"),
        ("GDR", "Global Depository Receipts"),
        ("OTHER", "Other Security Type"),
        ("NYRS", "New York Registry Shares"),
        ("AGEN", "Agency Bond"),
        ("EQLK", "Equity Linked Bond"),
    ];

    static readonly (int Id, string Name, string Mic, string Operator)[] Venues =
    [
        (1, "NYSE American, LLC", "XASE", "XNYS"),
        (10, "New York Stock Exchange", "XNYS", "XNYS"),
        (11, "NYSE Arca, Inc.", "ARCX", "XNYS"),
        (12, "Nasdaq", "XNAS", "XNAS"),
        (15, "Investors Exchange", "IEXG", "IEXG"),
        (19, "Cboe BZX", "BATS", "XCBO"),
    ];

    public static Task Types(Call call, Reply reply) =>
        Listing.Write(
            reply,
            call,
            TypeCodes,
            withCount: true,
            nextUrl: null,
            type =>
            {
                reply.Json.WriteString("code", type.Code);
                reply.Json.WriteString("description", type.Description);
                reply.Json.WriteString("asset_class", "stocks");
                reply.Json.WriteString("locale", "us");
            }
        );

    public static Task Exchanges(Call call, Reply reply) =>
        Listing.Write(
            reply,
            call,
            Venues,
            withCount: true,
            nextUrl: null,
            venue =>
            {
                reply.Json.WriteNumber("id", venue.Id);
                reply.Json.WriteString("type", "exchange");
                reply.Json.WriteString("asset_class", "stocks");
                reply.Json.WriteString("locale", "us");
                reply.Json.WriteString("name", venue.Name);
                reply.Json.WriteString("mic", venue.Mic);
                reply.Json.WriteString("operating_mic", venue.Operator);
            }
        );
}
