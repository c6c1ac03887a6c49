using CleanPortfolio.Application.Failures;
using Npgsql;

namespace CleanPortfolio.Infrastructure.Database;

/// <summary>What the database's constraints mean to a client.</summary>
internal static class Conflicts
{
    public const string CustomerEmail = "ix_customers_email_lower";
    public const string AccountEmail = "ix_accounts_email_key";
    public const string AccountCustomer = "fk_accounts_customers_customer_id";
    public const string SessionAccount = "fk_sessions_accounts_account_id";
    public const string KeyAccount = "fk_api_keys_accounts_account_id";
    public const string Assignment = "pk_assignments";
    public const string AssignmentAdviser = "fk_assignments_accounts_adviser_id";
    public const string AssignmentCustomer = "fk_assignments_customers_customer_id";
    public const string PortfolioName = "ix_portfolios_customer_id_name";
    public const string PortfolioCustomer = "fk_portfolios_customers_customer_id";
    public const string TransactionPortfolio = "fk_transactions_portfolios_portfolio_id";
    public const string TransactionExternalId = "ix_transactions_portfolio_id_source_external_id";
    public const string TransactionContent = "ix_transactions_portfolio_id_source_content_key";
    public const string TransactionDividend = "ix_transactions_portfolio_id_dividend_id";
    public const string ActiveTicker = "ix_stocks_ticker_active";
    public const string OneBearer = "ex_stock_symbols_one_bearer";
    public const string ScheduleRun = "pk_schedule_runs";

    private static readonly Dictionary<string, (string Code, string Text)> Meanings = new(StringComparer.Ordinal)
    {
        [CustomerEmail] = ("customer.emailTaken", "Another customer has this e-mail address."),
        [AccountEmail] = ("account.emailTaken", "Another account has this e-mail address."),
        [AccountCustomer] = ("customer.deleted", "The customer was deleted in the same moment."),
        [SessionAccount] = (Conflict.AccountDeleted, "The account was deleted in the same moment."),
        [KeyAccount] = (Conflict.AccountDeleted, "The account was deleted in the same moment."),
        [Assignment] = (Conflict.ConcurrentChange, "Someone else assigned the customer in the same moment."),
        [AssignmentAdviser] = (Conflict.AccountDeleted, "The account was deleted in the same moment."),
        [AssignmentCustomer] = ("customer.deleted", "The customer was deleted in the same moment."),
        [PortfolioName] = ("portfolio.nameTaken", "The customer has another portfolio of this name."),
        [PortfolioCustomer] = ("customer.hasPortfolios", "The customer has portfolios, or was just deleted."),
        [TransactionPortfolio] = ("portfolio.hasTransactions", "The portfolio has transactions, or was just closed."),
        [TransactionExternalId] = ("transaction.externalIdTaken", "Another transaction of the portfolio has this external id."),
        [TransactionDividend] = ("dividend.alreadyRecorded", "Someone else accepted the same dividend in the same moment."),
        [TransactionContent] = (
            Conflict.ConcurrentChange,
            "Someone else imported the same rows in the same moment; import again to see them."
        ),
        [ScheduleRun] = ("schedule.alreadyRun", "The schedule ran for this business date in the same moment."),
        [ActiveTicker] = ("stock.tickerTaken", "Another active stock has this ticker."),
        [OneBearer] = ("stock.tickerTaken", "Another stock bears this ticker on one of these days."),
    };

    public static bool Knows(Exception? failure) =>
        failure is PostgresException { ConstraintName: { } constraint } && Meanings.ContainsKey(constraint);

    /// <summary>The refusal that a known failure is.</summary>
    public static Conflict Of(Exception? failure)
    {
        var (code, text) = Meanings[((PostgresException)failure!).ConstraintName!];
        return new Conflict(code, text);
    }
}
