namespace CleanPortfolio.Domain.Returns;

/// <summary>What risk figures are measured by. The yearly rates become rates of one period by (1 + rate)^(1 / periods per year) - 1.</summary>
/// <param name="PeriodsPerYear">How many returns make a year, more than 0: 252 trading days, 52 weeks, 12 months.</param>
/// <param name="RiskFreeRate">Yearly rate of what bears no risk, a fraction above -1.</param>
/// <param name="MinimumAcceptableReturn">Yearly return below which a return counts as a loss, a fraction above -1.</param>
public readonly record struct RiskOptions(double PeriodsPerYear, double RiskFreeRate = 0, double MinimumAcceptableReturn = 0)
{
    /// <summary>Trading days of a year, by convention.</summary>
    public const double TradingDays = 252;

    /// <summary>Daily returns, and 0 for both rates.</summary>
    public static RiskOptions Daily { get; } = new(TradingDays);

    /// <summary>The risk-free rate of one period.</summary>
    public double RiskFreePerPeriod => PerPeriod(RiskFreeRate);

    /// <summary>The minimum acceptable return of one period.</summary>
    public double AcceptablePerPeriod => PerPeriod(MinimumAcceptableReturn);

    private double PerPeriod(double yearly) => yearly == 0 ? 0 : Math.Pow(1 + yearly, 1 / PeriodsPerYear) - 1;
}
