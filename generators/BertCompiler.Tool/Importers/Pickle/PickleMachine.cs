using BertCompiler.Core.Problems;

namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>
/// Reads a pickle, protocols 0 to 5, as the data it is (Python, <c>Lib/pickle.py</c>): a stack machine without recursion whose results are
/// numbers, texts, tuples, lists, dictionaries, tensors and bags of values. It imports nothing and calls nothing; a name beyond
/// <see cref="PickleGlobals"/> ends it at once.
/// </summary>
internal sealed class PickleMachine
{
    private const int HighestProtocol = 5;
    private const int ItemBytes = 48;
    private const int MapBytes = 240;
    private const int LongBytes = 24;

    private readonly PickleInput _input;
    private readonly PickleStack _stack;
    private readonly PickleCalls _calls;

    private PickleMachine(PickleInput input, IDictionary<string, PickleStorage> storages) =>
        (_input, _stack, _calls) = (input, new PickleStack(input), new PickleCalls(input, storages));

    /// <summary>Reads up to the end of the pickle.</summary>
    /// <param name="input">Its bytes.</param>
    /// <param name="storages">Receives the storages that it refers to, by their keys.</param>
    /// <exception cref="ImportException">Malformed, cut short, too large, or with a name that it may not ask for.</exception>
    public static object? Run(PickleInput input, IDictionary<string, PickleStorage> storages) => new PickleMachine(input, storages).Run();

    private object? Run()
    {
        for (int step = 0; ; step++)
        {
            if (step % 4096 == 0) _input.Cancellation.ThrowIfCancellationRequested();
            byte opcode = _input.ReadByte();
            if (opcode == (byte)'.') return _stack.Pop();
            if (PickleScalars.TryRead(opcode, _input, out object? value)) _stack.Push(value, LongBytes);
            else if (!Move(opcode) && !Collect(opcode) && !Make(opcode)) throw _input.Malformed($"there is no opcode 0x{opcode:x2}");
        }
    }

    /// <summary>Stack, memo and framing.</summary>
    private bool Move(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(': _stack.Mark(); break;
            case (byte)'0': _stack.Drop(); break;
            case (byte)'1': _stack.PopToMark(); break;
            case (byte)'2': _stack.Push(_stack.Top); break;
            case (byte)'p': _stack.Memoize(MemoKey()); break;
            case (byte)'q': _stack.Memoize(_input.ReadByte()); break;
            case (byte)'r': _stack.Memoize(_input.ReadUInt32()); break;
            case 0x94: _stack.Memoize(); break;
            case (byte)'g': _stack.Recall(MemoKey()); break;
            case (byte)'h': _stack.Recall(_input.ReadByte()); break;
            case (byte)'j': _stack.Recall(_input.ReadUInt32()); break;
            case 0x95: _input.Require(_input.ReadUInt64()); break;
            case 0x80:
                byte protocol = _input.ReadByte();
                if (protocol > HighestProtocol) throw _input.Malformed($"the protocol is {protocol}; 0 to {HighestProtocol} are read");
                break;
            default: return false;
        }

        return true;
    }

    /// <summary>Tuples, lists, dictionaries, sets.</summary>
    private bool Collect(byte opcode)
    {
        switch (opcode)
        {
            case (byte)')': _stack.Push(PickleTuple.Empty); break;
            case (byte)'t': PushTuple(_stack.PopToMark()); break;
            case 0x85 or 0x86 or 0x87: PushTuple(_stack.Pop(opcode - 0x84)); break;
            case (byte)']' or 0x8f: _stack.Push(new PickleList(), PickleCalls.ObjectBytes); break;
            case (byte)'l' or 0x91:
                object?[] items = _stack.PopToMark();
                _stack.Push(new PickleList(), PickleCalls.ObjectBytes);
                Append(items);
                break;
            case (byte)'}': _stack.Push(new PickleMap(), MapBytes); break;
            case (byte)'d':
                object?[] pairs = _stack.PopToMark();
                _stack.Push(new PickleMap(), MapBytes);
                SetItems(pairs);
                break;
            case (byte)'a': Append(_stack.Pop(1)); break;
            case (byte)'e' or 0x90: Append(_stack.PopToMark()); break;
            case (byte)'s': SetItems(_stack.Pop(2)); break;
            case (byte)'u': SetItems(_stack.PopToMark()); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Names, calls, states, storages.</summary>
    private bool Make(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c': _stack.Push(_calls.Find(_input.ReadLine(), _input.ReadLine())); break;
            case 0x93:
                object?[] name = _stack.Pop(2);
                if (name is not [string module, string attribute]) throw _input.Malformed("a name is asked for that is no text");
                _stack.Push(_calls.Find(module, attribute));
                break;
            case (byte)'i':
                PickleGlobal type = _calls.Find(_input.ReadLine(), _input.ReadLine());
                Call(type, new PickleTuple(_stack.PopToMark()));
                break;
            case (byte)'o':
                object?[] parts = _stack.PopToMark();
                if (parts.Length == 0) throw _input.Malformed("an object of no class is made");
                Call(parts[0], new PickleTuple(parts[1..]));
                break;
            case (byte)'R' or 0x81:
                object?[] call = _stack.Pop(2);
                Call(call[0], call[1]);
                break;
            case 0x92:
                object?[] named = _stack.Pop(3);
                Call(named[0], named[1]);
                break;
            case (byte)'b':
                object? state = _stack.Pop();
                _calls.Build(_stack.Top, state);
                break;
            case (byte)'Q': _stack.Push(_calls.Load(_stack.Pop())); break;
            case (byte)'P': throw _input.Malformed("a persistent id is not the description of a storage");
            case 0x82 or 0x83 or 0x84: throw _input.Fault(ProblemKinds.PickleForbidden, "the pickle asks for something by its number in a registry of extensions; it is not run, and the file is refused");
            case 0x97 or 0x98: throw _input.Malformed("the pickle needs buffers that are not in the file");
            default: return false;
        }

        return true;
    }

    private void Call(object? callee, object? arguments) => _stack.Push(_calls.Call(callee, arguments));

    private void PushTuple(object?[] items) => _stack.Push(new PickleTuple(items), LongBytes);

    private void Append(object?[] items)
    {
        if (_stack.Top is PickleBag) return;
        if (_stack.Top is not PickleList list) throw _input.Malformed($"something is appended to {PickleCalls.Describe(_stack.Top)}, not to a list");
        _input.Spend((long)ItemBytes * items.Length);
        list.Items.AddRange(items);
    }

    private void SetItems(object?[] pairs)
    {
        if (pairs.Length % 2 != 0) throw _input.Malformed("a key of a dictionary has no value");
        if (_stack.Top is PickleBag) return;
        if (_stack.Top is not PickleMap map) throw _input.Malformed($"an entry is set in {PickleCalls.Describe(_stack.Top)}, not in a dictionary");
        _input.Spend((long)ItemBytes * pairs.Length);
        for (int i = 0; i < pairs.Length; i += 2) map.Set(pairs[i], pairs[i + 1]);
    }

    private uint MemoKey() => uint.TryParse(_input.ReadLine(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out uint key)
        ? key
        : throw _input.Malformed("the number of a remembered value is not one");
}
