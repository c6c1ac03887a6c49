namespace CleanPortfolio.Application.Imports;

/// <summary>Form of a file of transactions.</summary>
public enum FileFormat
{
    /// <summary>RFC 4180, with a header.</summary>
    Csv,

    /// <summary>An array of objects.</summary>
    Json,
}

/// <summary>What is done with a file that has rows which can't be recorded.</summary>
public enum RowErrorChoice
{
    /// <summary>Nothing of the file is recorded.</summary>
    Refuse,

    /// <summary>The other rows are recorded.</summary>
    Skip,
}

/// <summary>What is done with rows that the ledger holds with other content.</summary>
public enum RowChangeChoice
{
    /// <summary>They are told, the ledger stays.</summary>
    Report,

    /// <summary>The old entry is voided and the row is recorded.</summary>
    Replace,
}
