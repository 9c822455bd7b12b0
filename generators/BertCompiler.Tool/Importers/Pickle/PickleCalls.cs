using System.Numerics;
using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>What a pickle asks to be looked up, called and set: answered with plain values. Nothing is ever called.</summary>
/// <param name="input">The pickle.</param>
/// <param name="storages">Receives the storages by their keys.</param>
internal sealed class PickleCalls(PickleInput input, IDictionary<string, PickleStorage> storages)
{
    /// <summary>Memory of an object, generously.</summary>
    public const int ObjectBytes = 128;

    /// <summary>A name that the pickle asks for.</summary>
    /// <exception cref="ImportException">It is not one of those that checkpoints need.</exception>
    public PickleGlobal Find(string module, string name)
    {
        PickleGlobal? found = PickleGlobals.Find(module, name);
        string shown = Text.Shorten($"{module}.{name}");
        if (found is null) throw input.Fault(ProblemKinds.PickleForbidden, $"the pickle asks for '{shown}', which is no part of a state dict; it is not run, and the file is refused");
        if (found.Kind == PickleGlobalKind.Unsupported) throw input.Fault(ProblemKinds.PickleUnsupported, $"the pickle holds '{shown}'; weights must be plain tensors of {TensorDtypes.WeightNames}");
        return found;
    }

    /// <summary>The value of a call.</summary>
    /// <param name="callee">What should be a name.</param>
    /// <param name="arguments">What should be a tuple.</param>
    public object? Call(object? callee, object? arguments)
    {
        if (callee is not PickleGlobal global) throw input.Malformed($"something is called that is {Describe(callee)}, not a function");
        if (arguments is not PickleTuple tuple) throw input.Malformed($"'{global.FullName}' is called with {Describe(arguments)}, not a tuple");
        input.Spend(ObjectBytes);
        if (global.Kind != PickleGlobalKind.FromType) return Make(global, tuple);
        return tuple.Items is [PickleGlobal { Kind: not PickleGlobalKind.FromType } inner, _, PickleTuple of, ..] ? Make(inner, of) : throw Wrong(global);
    }

    /// <summary>BUILD: what is set on an object. The attributes of a dictionary (<c>_metadata</c>) do not matter.</summary>
    public void Build(object? target, object? state)
    {
        if (target is PickleBag bag) bag.State = state;
        else if (target is not (PickleMap or PickleTensor)) throw input.Malformed($"the state of {Describe(target)} is set");
    }

    /// <summary>A persistent id: a storage.</summary>
    public PickleStorage Load(object? id)
    {
        if (id is not PickleTuple { Items: { Count: 5 or 6 } items } || items[0] is not "storage") throw input.Malformed("a persistent id is not the description of a storage");
        if (items[1] is not PickleGlobal { Kind: PickleGlobalKind.Storage } type) throw input.Malformed($"a storage has the type {Describe(items[1])}");
        string? key = items[2] switch { string text => text, long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => null };
        if (key is null || items[4] is not long elements || elements < 0) throw Outside("the storage's key and number of elements", key, items[4]);
        input.Spend(ObjectBytes);
        Note(new PickleStorage(type.Dtype, key, elements));
        object? view = items.Count == 6 ? items[5] : null;
        if (view is null) return new PickleStorage(type.Dtype, key, elements);
        if (view is not PickleTuple { Items: [_, long offset, long count] } || offset < 0 || count < 0 || offset > elements - count)
        {
            throw input.Fault(ProblemKinds.PickleBounds, $"a view of the storage '{Text.Shorten(key)}' does not lie in its {elements} elements");
        }

        return new PickleStorage(type.Dtype, key, elements) { ViewOffset = offset, ViewElements = count };
    }

    /// <summary>A value in words.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        bool or long or BigInteger or double => "a number",
        string => "a text",
        byte[] => "bytes",
        PickleTuple => "a tuple",
        PickleList => "a list",
        PickleMap => "a dictionary",
        PickleTensor => "a tensor",
        PickleStorage => "a storage",
        PickleGlobal global => $"'{global.FullName}'",
        PickleBag bag => $"an object of '{bag.Of.FullName}'",
        _ => "something else",
    };

    /// <summary>One storage, one description.</summary>
    private void Note(PickleStorage storage)
    {
        if (storages.TryAdd(storage.Key, storage)) return;
        PickleStorage known = storages[storage.Key];
        if (known.Dtype == storage.Dtype && known.Elements == storage.Elements) return;
        throw input.Fault(ProblemKinds.PickleBounds, $"the storage '{Text.Shorten(storage.Key)}' is said to have {known.Elements} elements, and then {storage.Elements}, or another type");
    }

    private object? Make(PickleGlobal global, PickleTuple arguments)
    {
        IReadOnlyList<object?> a = arguments.Items;
        switch (global.Kind)
        {
            case PickleGlobalKind.Dictionary:
                return MakeMap(a);
            case PickleGlobalKind.Reconstructor:
                return a is [PickleGlobal of, ..] ? new PickleBag(of, arguments) : throw Wrong(global);
            case PickleGlobalKind.Tensor:
                return a.Count >= 4 ? new PickleTensor(a[0], a[1], a[2], a[3]) : throw Wrong(global);
            case PickleGlobalKind.TensorV2:
                if (a.Count < 4) throw Wrong(global);
                RefuseBits(a, 6);
                return new PickleTensor(a[0], a[1], a[2], a[3]);
            case PickleGlobalKind.TensorV3:
                if (a.Count < 7 || a[6] is not PickleGlobal { Kind: PickleGlobalKind.Dtype } dtype) throw Wrong(global);
                RefuseBits(a, 7);
                return new PickleTensor(a[0], a[1], a[2], a[3], dtype.Dtype);
            case PickleGlobalKind.Parameter:
                return a.Count >= 1 ? a[0] : throw Wrong(global);
            case PickleGlobalKind.Opaque:
                return new PickleBag(global, arguments);
            default:
                throw input.Malformed($"'{global.FullName}' is called");
        }
    }

    /// <summary>A dictionary of nothing, or of pairs (Python 2 and protocols 0 and 1 give them so).</summary>
    private PickleMap MakeMap(IReadOnlyList<object?> arguments)
    {
        var map = new PickleMap();
        if (arguments is not [PickleList pairs]) return map;
        foreach (object? pair in pairs.Items)
        {
            IReadOnlyList<object?>? items = (pair as PickleTuple)?.Items ?? (pair as PickleList)?.Items;
            if (items is not [var key, var value]) throw input.Malformed("a dictionary is made of something else than pairs");
            input.Spend(ObjectBytes);
            map.Set(key, value);
        }

        return map;
    }

    /// <summary>Tensors whose numbers are to be negated or conjugated when they are read.</summary>
    private void RefuseBits(IReadOnlyList<object?> arguments, int index)
    {
        if (arguments.Count <= index || arguments[index] is not PickleMap { Entries.Count: > 0 }) return;
        throw input.Fault(ProblemKinds.PickleUnsupported, "a tensor is stored with a change that is still to be made to its numbers (neg, conj)");
    }

    private ImportException Wrong(PickleGlobal global) => input.Malformed($"'{global.FullName}' is called with arguments that it does not take");

    private ImportException Outside(string what, string? key, object? elements) => elements is BigInteger or long
        ? input.Fault(ProblemKinds.PickleBounds, $"the storage '{Text.Shorten(key ?? "")}' cannot have so many elements")
        : input.Malformed($"{what} are {Describe(key)} and {Describe(elements)}");
}
