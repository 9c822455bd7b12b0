using BertCompiler.Tool.Commands.Running;
using BertCompiler.Tool.Importers.SafeTensors;

namespace BertCompiler.Tool.Verification;

/// <summary>Which numbers of a result mean something: those of tokens with attention mask 1.</summary>
internal sealed class RowCoverage
{
    private readonly InputGroup _group;
    private readonly long[]? _mask;

    public RowCoverage(SafeTensorsFile file, InputGroup group)
    {
        _group = group;
        _mask = group.Mask is null ? null : file.ReadInt64s(group.Mask);
    }

    /// <summary>Whether number <paramref name="index"/> of a result is compared.</summary>
    public bool Has(ModelOutput output, long index)
    {
        int tokens = _group.Tokens;
        switch (output.Axis)
        {
            case OutputAxis.Tokens:
                return IsToken(index / output.Width);
            case OutputAxis.Attention:
                long sequence = index / ((long)output.Width * tokens * tokens);
                return IsToken((sequence * tokens) + (index / tokens % tokens)) && IsToken((sequence * tokens) + (index % tokens));
            default:
                return HasTokens(index / output.Width);
        }
    }

    private bool IsToken(long place) => _mask is null || _mask[place] == 1;

    private bool HasTokens(long sequence) => _mask is null || _mask.AsSpan((int)(sequence * _group.Tokens), _group.Tokens).Contains(1);
}
