using System.Text;
using BertCompiler.Tokenization;

namespace BertCompiler.Tool.Tokenizers.Steps;

/// <summary>Turns steps into records, and collects their texts, patterns and data.</summary>
internal sealed class StepPacker
{
    private readonly StringBuilder _texts = new();
    private readonly List<PatternAlternative> _patterns = [];
    private readonly List<byte> _data = [];

    public string Texts => _texts.ToString();

    public PatternAlternative[] Patterns => [.. _patterns];

    public byte[] Data => [.. _data];

    public StepRecord[] Pack(IReadOnlyList<PipelineStep> steps)
    {
        var records = new StepRecord[steps.Count];
        for (int i = 0; i < records.Length; i++) records[i] = Pack(steps[i]);
        return records;
    }

    private StepRecord Pack(PipelineStep step)
    {
        var record = new StepRecord
        {
            Kind = step.Kind,
            Flags = step.Flags,
            TextStart = Add(step.Text),
            TextLength = step.Text.Length,
            OtherStart = Add(step.Other),
            OtherLength = step.Other.Length,
            PatternStart = _patterns.Count,
            PatternCount = step.Pattern.Count,
            DataStart = _data.Count,
            DataLength = step.Data.Length,
        };
        foreach (PatternItem item in step.Pattern)
        {
            _patterns.Add(new()
            {
                Sets = item.Sets,
                Negated = item.Negated ? 1 : 0,
                TextStart = Add(item.Characters),
                TextLength = item.Characters.Length,
                Least = item.Least,
                Most = item.Most,
            });
        }

        _data.AddRange(step.Data);
        return record;
    }

    private int Add(string text)
    {
        int start = _texts.Length;
        _texts.Append(text);
        return start;
    }
}
