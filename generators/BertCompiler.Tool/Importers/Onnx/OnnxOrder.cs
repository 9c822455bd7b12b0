using BertCompiler.Core.Problems;
using BertCompiler.Tool.Importers.Onnx.Schema;

namespace BertCompiler.Tool.Importers.Onnx;

/// <summary>Puts nodes into topological order: Kahn's algorithm (Communications of the ACM 5, 1962), the file's order where it is free.</summary>
internal sealed class OnnxOrder
{
    private readonly ByteSource _source;
    private readonly IReadOnlyList<NodeProto> _nodes;
    private readonly Dictionary<string, int> _producers = new(StringComparer.Ordinal);

    private OnnxOrder(ByteSource source, IReadOnlyList<NodeProto> nodes) => (_source, _nodes) = (source, nodes);

    /// <summary>The nodes, each behind those whose outputs it takes.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <param name="nodes">In the file's order.</param>
    /// <param name="given">Whether a value is an input or a tensor of the graph.</param>
    /// <param name="cancellation">Ends the sorting early.</param>
    /// <exception cref="ImportException">A cycle, a value with two producers, or one with none.</exception>
    public static IReadOnlyList<NodeProto> Sort(ByteSource source, IReadOnlyList<NodeProto> nodes, Func<string, bool> given, CancellationToken cancellation)
    {
        var order = new OnnxOrder(source, nodes);
        order.FindProducers(given);
        return order.Sort(given, cancellation);
    }

    private void FindProducers(Func<string, bool> given)
    {
        for (int i = 0; i < _nodes.Count; i++)
        {
            foreach (string output in _nodes[i].Output)
            {
                if (output.Length == 0) continue;
                bool isOwn = _nodes[i].OpType == "Constant";
                if ((!isOwn && given(output)) || !_producers.TryAdd(output, i)) throw Malformed($"the value '{output}' comes from two places");
            }
        }
    }

    private List<NodeProto> Sort(Func<string, bool> given, CancellationToken cancellation)
    {
        var waiting = new int[_nodes.Count];
        var consumers = new List<int>?[_nodes.Count];
        for (int i = 0; i < _nodes.Count; i++)
        {
            foreach (string input in _nodes[i].Input)
            {
                if (input.Length == 0) continue;
                if (_producers.TryGetValue(input, out int producer))
                {
                    waiting[i]++;
                    (consumers[producer] ??= []).Add(i);
                }
                else if (!given(input))
                {
                    throw Malformed($"the value '{input}', which a '{_nodes[i].OpType}' takes, comes from nowhere");
                }
            }
        }

        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < waiting.Length; i++)
        {
            if (waiting[i] == 0) ready.Enqueue(i, i);
        }

        var sorted = new List<NodeProto>(_nodes.Count);
        while (ready.TryDequeue(out int node, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            sorted.Add(_nodes[node]);
            foreach (int consumer in consumers[node] ?? [])
            {
                if (--waiting[consumer] == 0) ready.Enqueue(consumer, consumer);
            }
        }

        return sorted.Count == _nodes.Count ? sorted : throw Malformed($"nodes form a cycle through {DescribeCycle(waiting)}");
    }

    /// <summary>Goes back from a node that waits, always to one that waits: some node comes twice, and what lies between is a cycle.</summary>
    private string DescribeCycle(int[] waiting)
    {
        const int mostNames = 8;
        int node = Array.FindIndex(waiting, w => w > 0);
        var seen = new Dictionary<int, int>();
        var path = new List<string>();
        while (seen.TryAdd(node, path.Count))
        {
            string value = _nodes[node].Input.First(i => _producers.TryGetValue(i, out int p) && waiting[p] > 0);
            path.Add(value);
            node = _producers[value];
        }

        int first = seen[node];
        string names = string.Join(", ", path.Skip(first).Take(mostNames).Select(v => $"'{v}'"));
        return path.Count - first > mostNames ? names + ", …" : names;
    }

    private ImportException Malformed(string message) => new(ProblemKinds.OnnxMalformed, _source.FilePath, $"{_source.FileName}: {message}");
}
