using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using CleanPortfolio.Domain.Jobs;
using CleanPortfolio.Domain.MarketData;
using CleanPortfolio.Domain.Portfolios;

namespace CleanPortfolio.Infrastructure.Auditing;

/// <summary>Which changes of a kind of entity are told, and which of its values: all others are withheld, for the log can't forget.</summary>
/// <param name="Kind">What it is called in the log.</param>
/// <param name="Shown">Properties whose values are told.</param>
internal sealed record Audited(string Kind, params string[] Shown)
{
    /// <summary>Properties that make up the identity in the log, in this order; the key of the table if empty.</summary>
    public string[] Identity { get; init; } = [];

    /// <summary>Changes of these alone are not told.</summary>
    public string[] Quiet { get; init; } = [];

    /// <summary>Only what changes one of these is told; everything if empty.</summary>
    public string[] Only { get; init; } = [];

    /// <summary>Only if one of these is there after the change; always if empty.</summary>
    public string[] Signed { get; init; } = [];

    /// <summary>By the type of the entity. What is not here is not audited: bulk market data have corrections of their own.</summary>
    public static IReadOnlyDictionary<Type, Audited> Kinds { get; } =
        new Dictionary<Type, Audited>
        {
            [typeof(Customer)] = new("customer", nameof(Customer.RegisteredAt)),
            [typeof(Account)] = new(
                "account",
                nameof(Account.Role),
                nameof(Account.CustomerId),
                nameof(Account.IsDisabled),
                nameof(Account.CreatedAt)
            ),
            [typeof(Session)] = new("session", nameof(Session.AccountId), nameof(Session.StartedAt), nameof(Session.RevokedAt))
            {
                Quiet = [nameof(Session.TokenHash), nameof(Session.PreviousHash), nameof(Session.RotatedAt)],
            },
            [typeof(ApiKey)] = new(
                "apiKey",
                nameof(ApiKey.AccountId),
                nameof(ApiKey.Scopes),
                nameof(ApiKey.CreatedAt),
                nameof(ApiKey.ExpiresAt),
                nameof(ApiKey.RevokedAt)
            )
            {
                Quiet = [nameof(ApiKey.LastUsedAt)],
            },
            [typeof(Assignment)] = new("assignment", nameof(Assignment.AdviserId)) { Identity = [nameof(Assignment.CustomerId)] },
            [typeof(Portfolio)] = new(
                "portfolio",
                nameof(Portfolio.CustomerId),
                nameof(Portfolio.Currency),
                nameof(Portfolio.Cash),
                nameof(Portfolio.CostMethod),
                nameof(Portfolio.OpenedAt)
            )
            {
                Quiet = [nameof(Portfolio.Version)],
            },
            [typeof(Transaction)] = new(
                "transaction",
                nameof(Transaction.PortfolioId),
                nameof(Transaction.Kind),
                nameof(Transaction.Date),
                nameof(Transaction.StockId),
                nameof(Transaction.Quantity),
                nameof(Transaction.UnitPrice),
                nameof(Transaction.Amount),
                nameof(Transaction.Fee),
                nameof(Transaction.Tax),
                nameof(Transaction.Currency),
                nameof(Transaction.FxRate),
                nameof(Transaction.AcquiredOn),
                nameof(Transaction.IntoStockId),
                nameof(Transaction.IntoQuantity),
                nameof(Transaction.CostShare),
                nameof(Transaction.DividendId),
                nameof(Transaction.RecordedAt),
                nameof(Transaction.VoidedAt)
            ),
            [typeof(Import)] = new(
                "import",
                nameof(Import.PortfolioId),
                nameof(Import.New),
                nameof(Import.Same),
                nameof(Import.Changed),
                nameof(Import.Replaced),
                nameof(Import.Conflicting),
                nameof(Import.Unreadable),
                nameof(Import.ImportedAt),
                nameof(Import.UndoneAt)
            ),
            [typeof(Job)] = new(
                "job",
                nameof(Job.Kind),
                nameof(Job.From),
                nameof(Job.To),
                nameof(Job.CancelRequested),
                nameof(Job.AskedAt),
                nameof(Job.Status)
            )
            {
                Only = [nameof(Job.CancelRequested), nameof(Job.AskedAt)],
            },
            [typeof(ManualPrice)] = new("priceOverride", nameof(ManualPrice.Reason), nameof(ManualPrice.At)),
            [typeof(PriceCorrection)] = new(
                "price",
                nameof(PriceCorrection.OldClose),
                nameof(PriceCorrection.NewClose),
                nameof(PriceCorrection.Source),
                nameof(PriceCorrection.Reason)
            )
            {
                Identity = [nameof(PriceCorrection.StockId), nameof(PriceCorrection.Date)],
                Signed = [nameof(PriceCorrection.By)],
            },
            [typeof(ReportedSplit)] = new(
                "splitReport",
                nameof(ReportedSplit.Verdict),
                nameof(ReportedSplit.Decision),
                nameof(ReportedSplit.DecidedAt),
                nameof(ReportedSplit.DecisionReason)
            )
            {
                Only = [nameof(ReportedSplit.DecidedAt)],
                Signed = [nameof(ReportedSplit.DecidedBy)],
            },
            [typeof(QuarantinedRow)] = new(
                "quarantinedRow",
                nameof(QuarantinedRow.Status),
                nameof(QuarantinedRow.DecidedAt),
                nameof(QuarantinedRow.DecisionReason)
            )
            {
                Only = [nameof(QuarantinedRow.DecidedAt)],
                Signed = [nameof(QuarantinedRow.DecidedBy)],
            },
        };
}
