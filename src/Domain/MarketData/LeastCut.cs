namespace CleanPortfolio.Domain.MarketData;

/// <summary>
/// Greatest flow from weighted left vertices to weighted right ones over edges without limit (Dinic's algorithm, 1970), and the least cut
/// that lies nearest to the left.
/// </summary>
/// <param name="left">Weight of each left vertex.</param>
/// <param name="right">Weight of each right vertex.</param>
/// <param name="leftOfRight">The left neighbours of each right vertex.</param>
internal sealed class LeastCut(IReadOnlyList<int> left, IReadOnlyList<int> right, IReadOnlyList<IReadOnlyList<int>> leftOfRight)
{
    private const int Unreached = -1;
    private readonly int[] _leftRoom = [.. left];
    private readonly int[] _rightRoom = [.. right];
    private readonly List<Edge>[] _ofLeft = [.. left.Select(_ => new List<Edge>())];
    private readonly List<Edge>[] _ofRight = [.. right.Select(_ => new List<Edge>())];
    private readonly int[] _leftLevel = new int[left.Count];
    private readonly int[] _rightLevel = new int[right.Count];
    private readonly int[] _leftNext = new int[left.Count];
    private readonly int[] _rightNext = new int[right.Count];

    /// <summary>After <see cref="Run"/>: whether more could flow out of the left vertex, so that the cut runs behind it.</summary>
    public bool IsReachedLeft(int vertex) => _leftLevel[vertex] != Unreached;

    /// <summary>After <see cref="Run"/>: whether more could flow to the right vertex, so that the cut is at it.</summary>
    public bool IsReachedRight(int vertex) => _rightLevel[vertex] != Unreached;

    /// <summary>Lets flow what can.</summary>
    public void Run()
    {
        for (var vertex = 0; vertex < _ofRight.Length; vertex++)
            foreach (var neighbour in leftOfRight[vertex])
            {
                var edge = new Edge(neighbour, vertex);
                _ofLeft[neighbour].Add(edge);
                _ofRight[vertex].Add(edge);
            }
        while (Reach())
        {
            Array.Clear(_leftNext);
            Array.Clear(_rightNext);
            for (var vertex = 0; vertex < _leftRoom.Length; vertex++)
                while (_leftRoom[vertex] > 0 && FromLeft(vertex, _leftRoom[vertex]) is > 0 and var flowed)
                    _leftRoom[vertex] -= flowed;
        }
    }

    // Levels by breadth; answers whether a right vertex with room is reached.
    private bool Reach()
    {
        Array.Fill(_leftLevel, Unreached);
        Array.Fill(_rightLevel, Unreached);
        var queue = new Queue<int>();
        for (var vertex = 0; vertex < _leftRoom.Length; vertex++)
            if (_leftRoom[vertex] > 0)
            {
                _leftLevel[vertex] = 0;
                queue.Enqueue(vertex);
            }
        var room = false;
        while (queue.TryDequeue(out var from))
            foreach (var edge in _ofLeft[from])
            {
                if (_rightLevel[edge.Right] != Unreached)
                    continue;
                _rightLevel[edge.Right] = _leftLevel[from] + 1;
                room |= _rightRoom[edge.Right] > 0;
                foreach (var back in _ofRight[edge.Right])
                    if (back.Flow > 0 && _leftLevel[back.Left] == Unreached)
                    {
                        _leftLevel[back.Left] = _rightLevel[edge.Right] + 1;
                        queue.Enqueue(back.Left);
                    }
            }
        return room;
    }

    private int FromLeft(int vertex, int most)
    {
        for (; _leftNext[vertex] < _ofLeft[vertex].Count; _leftNext[vertex]++)
        {
            var edge = _ofLeft[vertex][_leftNext[vertex]];
            if (_rightLevel[edge.Right] != _leftLevel[vertex] + 1 || FromRight(edge.Right, most) is not (> 0 and var flowed))
                continue;
            edge.Add(flowed);
            return flowed;
        }
        return 0;
    }

    private int FromRight(int vertex, int most)
    {
        if (_rightRoom[vertex] > 0)
        {
            var flowed = Math.Min(most, _rightRoom[vertex]);
            _rightRoom[vertex] -= flowed;
            return flowed;
        }
        for (; _rightNext[vertex] < _ofRight[vertex].Count; _rightNext[vertex]++)
        {
            var edge = _ofRight[vertex][_rightNext[vertex]];
            if (edge.Flow == 0 || _leftLevel[edge.Left] != _rightLevel[vertex] + 1)
                continue;
            if (FromLeft(edge.Left, Math.Min(most, edge.Flow)) is not (> 0 and var flowed))
                continue;
            edge.Add(-flowed);
            return flowed;
        }
        return 0;
    }

    private sealed class Edge(int left, int right)
    {
        public int Left { get; } = left;

        public int Right { get; } = right;

        public int Flow { get; private set; }

        public void Add(int flowed) => Flow += flowed;
    }
}
