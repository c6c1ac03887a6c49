namespace CleanPortfolio.Client;

/// <summary>Where the service is, as whom it is called, and how patiently.</summary>
public sealed record CleanPortfolioOptions
{
    /// <summary>The service, without /api/v1; required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>An API key. One way of saying who calls; the others are an account, and access tokens from elsewhere.</summary>
    public string? ApiKey { get; set; }

    /// <summary>E-mail address of an account: the client signs in with the first call, and stays signed in.</summary>
    public string? Email { get; set; }

    /// <summary>The account's password.</summary>
    public string? Password { get; set; }

    /// <summary>Gives an access token, of an issuer that the service knows; asked before every call, so it should remember.</summary>
    public Func<CancellationToken, ValueTask<string>>? AccessToken { get; set; }

    /// <summary>How often a call is repeated after a network failure, 429 or 503, if repeating is safe; default 3.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>Wait before the first repetition, doubling, unless the service tells one; default 0.5 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest Retry-After that is waited for; what must wait longer fails at once. Default 30 s.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Limit of one attempt; default 100 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How many computed answers are kept, so that the service may say that they still hold instead of computing and sending them again;
    /// default 0. They are kept in memory, each for the one that it was answered to.
    /// </summary>
    public int RememberedAnswers { get; set; }

    /// <summary>What is wrong with them, if anything is.</summary>
    internal string? Fault =>
        BaseAddress is not { IsAbsoluteUri: true } ? $"{nameof(BaseAddress)} must be the absolute address of the service."
        : (Email is null) != (Password is null) ? $"{nameof(Email)} and {nameof(Password)} belong together."
        : new object?[] { ApiKey, Email, AccessToken }.Count(way => way is not null) > 1
            ? $"{nameof(ApiKey)}, {nameof(Email)} and {nameof(AccessToken)} exclude each other."
        : Retries < 0 || RememberedAnswers < 0 ? $"{nameof(Retries)} and {nameof(RememberedAnswers)} can't be less than 0."
        : null;
}
