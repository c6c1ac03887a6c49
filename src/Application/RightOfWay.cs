namespace CleanPortfolio.Application;

/// <summary>
/// Requests go before background work of the same process. Who works in the background asks here between the parts of what he does: whether they
/// are to be small, and to wait while somebody is being served. He never waits for long, so that a service which is never idle gets its market, too.
/// A request must not do such work itself: it would wait for its own end.
/// </summary>
/// <param name="clock">Tells how long ago the last request was.</param>
public sealed class RightOfWay(TimeProvider clock)
{
    /// <summary>How long after a request the next one is expected.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a part of background work waits for requests at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private int _served;
    private long? _left;
    private TaskCompletionSource? _free;

    /// <summary>Whether somebody is being served, or was a moment ago: then work goes in small parts, one at a time.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_lock)
                return _served > 0 || (_left is { } left && clock.GetElapsedTime(left) < Lately);
        }
    }

    /// <summary>A request is being served until what is answered here is disposed of.</summary>
    public IDisposable Take()
    {
        lock (_lock)
            if (_served++ == 0)
                _free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Request(this);
    }

    /// <summary>Waits until nobody is being served, for <see cref="Longest"/> at most.</summary>
    /// <exception cref="OperationCanceledException">Told by <paramref name="cancellationToken"/>.</exception>
    public async ValueTask GiveWay(CancellationToken cancellationToken)
    {
        Task free;
        lock (_lock)
        {
            if (_served == 0)
                return;
            free = _free!.Task;
        }
        await free.WaitAsync(Longest, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Leave()
    {
        lock (_lock)
        {
            _left = clock.GetTimestamp();
            if (--_served == 0)
                _free!.SetResult();
        }
    }

    private sealed class Request(RightOfWay rightOfWay) : IDisposable
    {
        private RightOfWay? _rightOfWay = rightOfWay;

        public void Dispose() => Interlocked.Exchange(ref _rightOfWay, null)?.Leave();
    }
}
