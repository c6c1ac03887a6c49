namespace CleanPortfolio.Testing.Naive;

/// <summary>Amounts of one line on one day, or their sums.</summary>
internal sealed class NaiveDay
{
    public decimal Value { get; set; }
    public decimal OpenFx { get; set; }
    public decimal OpenPrice { get; set; }
    public decimal In { get; set; }
    public decimal Out { get; set; }
    public decimal Realised { get; set; }
    public decimal Delivered { get; set; }
    public decimal Fx { get; set; }
    public decimal Dividends { get; set; }
    public decimal Interest { get; set; }
    public decimal Fees { get; set; }
    public decimal Taxes { get; set; }
}

internal sealed class NaiveLot
{
    public int Acquired { get; init; }
    public int Seq { get; init; }
    public decimal Quantity { get; set; }
    public decimal Price { get; set; }
    public decimal Charges { get; set; }
    public decimal Local { get; set; }

    public NaiveLot Part(decimal shares, decimal cost) =>
        new()
        {
            Acquired = Acquired,
            Seq = Seq,
            Quantity = Quantity * shares,
            Price = Price * cost,
            Charges = Charges * cost,
            Local = Local * cost,
        };
}

internal sealed record NaiveSale(string Stock, int Sold, int Acquired, decimal Quantity, decimal Proceeds, decimal Cost, decimal Fx);
