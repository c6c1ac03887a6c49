namespace CleanPortfolio.PolygonSimulator.Gate;

/// <summary>The latest calls, oldest first; older ones fall out.</summary>
internal sealed class CallLog
{
    const int Capacity = 20_000;

    readonly Lock gate = new();
    readonly Queue<ObservedCall> calls = new();

    public IReadOnlyList<ObservedCall> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public void Add(ObservedCall call)
    {
        lock (gate)
        {
            if (calls.Count == Capacity)
                calls.Dequeue();
            calls.Enqueue(call);
        }
    }

    public void Clear()
    {
        lock (gate)
            calls.Clear();
    }
}
