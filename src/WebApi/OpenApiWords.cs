namespace CleanPortfolio.WebApi;

/// <summary>What the contract says about things that mean the same in every operation.</summary>
internal static class OpenApiWords
{
    public const string Introduction =
        "Portfolios as exact ledgers, market data in background jobs, returns that can be checked. "
        + "Money, prices, quantities and rates are decimal strings; ratios are numbers, as fractions. "
        + "Dates are days of the exchange, ranges include both ends. "
        + "Whatever is refused or fails, with any status from 400 on, is answered by a Problem as application/problem+json. "
        + "Every answer bears RateLimit-Policy and RateLimit, which tell how much of its kind the caller may still ask. "
        + "Within v1 answers may get more fields: ignore those you do not know.";

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["customerId"] = "The customer.",
        ["accountId"] = "The account.",
        ["keyId"] = "The API key.",
        ["ListAccounts.email"] = "Only the account with this address, whatever its case.",
        ["portfolioId"] = "The portfolio.",
        ["transactionId"] = "The transaction.",
        ["GetQuality.from"] = "First day looked at; each stock's first price if absent.",
        ["GetQuality.to"] = "Last day looked at; the last session that the provider has given out if absent.",
        ["GetQuality.stockId"] = "Only this stock.",
        ["GetQuality.reason"] = "Only what is missing for this reason.",
        ["GetQualitySummary.from"] = "First day looked at; each stock's first price if absent.",
        ["GetQualitySummary.to"] = "Last day looked at; the last session that the provider has given out if absent.",
        ["finding"] = "Only findings of this kind.",
        ["stockId"] = "The stock; of a portfolio's figures only those of this one.",
        ["jobId"] = "The job.",
        ["RunSchedule.name"] = "The schedule, as the list of schedules names it.",
        ["importId"] = "The import.",
        ["format"] = "Form of the file; for an import that of Content-Type if absent, for an export csv.",
        ["source"] = "Origin of the file, at most 100 characters: keys of its rows are unique within it; file if absent.",
        ["dryRun"] = "Only tell what would become of the rows; false if absent.",
        ["onError"] = "Whether rows that can't be recorded refuse the whole file or are left out; refuse if absent.",
        ["onChanged"] =
            "Whether rows that the ledger holds with other content are only reported or replace the old entry; report if absent.",
        ["columns"] = "Headers of the file for fields: date=Trade Date,kind=Action. Our own names need none; case does not matter.",
        ["kinds"] = "Words of the file for kinds: BUY=buy,DIV=dividend. Our own names need none; case does not matter.",
        ["dateFormat"] = "Form of the file's dates, such as MM/dd/yyyy; yyyy-MM-dd if absent.",
        ["decimalSeparator"] = "What stands before decimals, . or a comma; . if absent.",
        ["delimiter"] = "What stands between cells: comma, semicolon, | or tab; found in the header if absent.",
        ["includeVoid"] = "Void entries too, which can't be imported again; false if absent.",
        ["outcome"] = "Only rows of this outcome.",
        ["cursor"] = "nextCursor of the page before; absent for the first page.",
        ["limit"] = "Most items of the page, 1 to 500; 50 if absent.",
        ["from"] = "First day, included.",
        ["to"] = "Last day, included.",
        ["asOf"] = "The day, at its close.",
        ["email"] = "Only the customer with this address, whatever its case.",
        ["externalId"] = "Only transactions with this key of the client's.",
        ["search"] =
            "Begins a ticker, present or former, or is made of words or parts of words of the name, in any case; best first; at most 100 characters.",
        ["ticker"] = "Exactly this ticker, present or former, the present bearer first; case matters.",
        ["active"] = "Only those still listed, or only those that are not.",
        ["status"] = "Only those of this status.",
        ["item"] = "Only the calls of the item with this key.",
        ["rowId"] = "The refused row.",
        ["reportId"] = "The report of a split.",
        ["reason"] = "Only rows refused for this reason.",
        ["DeletePriceOverride.reason"] = "Why, 1 to 1000 characters.",
        ["decided"] = "Only those that an operator decided about, or only the others.",
        ["OverrideStockPrice.date"] = "The session.",
        ["DeletePriceOverride.date"] = "The session.",
        ["GetPriceOverride.date"] = "The session.",
        ["caller"] = "Only what was done by this caller.",
        ["target"] = "Only what was done to the thing with this identity.",
        ["request"] = "Only what was done by this operation.",
        ["ListAuditEntries.from"] = "First instant, included.",
        ["ListAuditEntries.to"] = "Last instant, included.",
        ["resolution"] = "Distance of the points; day if absent.",
        ["basis"] = "What the prices are adjusted for; raw if absent.",
        ["base"] = "The currency of which one unit is priced.",
        ["quote"] = "The currency that it is priced in.",
        ["date"] = "The day; today if absent.",
        ["GetExchangeRate.from"] = "The currency to convert from, or a minor unit such as GBX.",
        ["GetExchangeRate.to"] = "The currency to convert to, or a minor unit such as GBX.",
        ["currency"] = "Currency of the figures; if absent the portfolio's, of several the first one's.",
        ["benchmarkId"] = "A stock to measure against.",
        ["benchmarkBasis"] = "What the benchmark's returns hold: total, with dividends, if absent; or split, prices only.",
        ["riskFreeRate"] = "Yearly rate of what bears no risk, a fraction; 0 if absent.",
        ["minimumAcceptableReturn"] = "Yearly return below which a return counts as a loss, a fraction; 0 if absent.",
        ["flowTiming"] = "When within its day a flow happens, for the time-weighted return; inAtStartOutAtEnd if absent.",
    };

    public static string OfParameter(string operation, string name) =>
        Parameters.GetValueOrDefault($"{operation}.{name}") ?? Parameters.GetValueOrDefault(name, "");

    public static string OfStatus(string status) =>
        status switch
        {
            "200" => "The answer.",
            "201" => "It is made.",
            "202" => "The work is started or told to change its course; the job at Location tells how it goes.",
            "204" => "Done.",
            "304" => "The figures are those that If-None-Match names.",
            "400" => "The request can't be read, or some values are not valid: errors tells which.",
            "401" => "Who calls is not known: the credential is missing, wrong, over or revoked.",
            "403" => "Who calls is known, and may not call this.",
            "404" => "There is no such thing, or none within the caller's reach.",
            "409" => "It collides with what is stored: code tells how.",
            "412" => "It is another version by now than If-Match names.",
            "413" => "The body is larger than is accepted here.",
            "415" => "The body is of a media type that is not taken here.",
            "422" => "A rule of the business refuses it: code tells which.",
            "428" => "If-Match is missing.",
            "429" => "More requests of this kind than are granted to the caller; Retry-After tells when there is room again.",
            "503" => "More is asked than can be served at once, or the database is away: try again after Retry-After.",
            "504" => "It took longer than a request may.",
            _ => "",
        };
}
