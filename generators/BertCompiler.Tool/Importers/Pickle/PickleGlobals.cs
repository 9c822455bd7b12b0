namespace BertCompiler.Tool.Importers.Pickle;

/// <summary>
/// The names that a checkpoint may ask for, each written out: what tensors are made of (<c>torch/_weights_only_unpickler.py</c>), and the
/// plain values that transformers and fairseq keep beside them. Anything else is refused where it is named.
/// </summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<(string Module, string Name), PickleGlobal> Known = Build();

    /// <summary>The name; null: it is not one of those.</summary>
    public static PickleGlobal? Find(string module, string name) => Known.GetValueOrDefault((module, name));

    private static Dictionary<(string Module, string Name), PickleGlobal> Build()
    {
        var known = new Dictionary<(string, string), PickleGlobal>();
        void Add(string module, PickleGlobalKind kind, params ReadOnlySpan<string> names)
        {
            foreach (string name in names) known.Add((module, name), new PickleGlobal(module, name, kind));
        }

        Add("collections", PickleGlobalKind.Dictionary, "OrderedDict", "defaultdict");
        Add("collections", PickleGlobalKind.Opaque, "Counter", "deque");
        foreach (string module in new[] { "builtins", "__builtin__" })
        {
            Add(module, PickleGlobalKind.Dictionary, "dict");
            Add(module, PickleGlobalKind.Opaque, "list", "tuple", "set", "frozenset", "int", "long", "float", "complex", "bool", "str", "unicode", "bytes", "bytearray", "object", "slice", "range", "xrange");
        }

        Add("copyreg", PickleGlobalKind.Reconstructor, "_reconstructor");
        Add("copy_reg", PickleGlobalKind.Reconstructor, "_reconstructor");
        Add("_codecs", PickleGlobalKind.Opaque, "encode");
        Add("argparse", PickleGlobalKind.Opaque, "Namespace");
        Add("pathlib", PickleGlobalKind.Opaque, "PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath");
        Add("datetime", PickleGlobalKind.Opaque, "datetime", "timedelta");
        AddTorch(known, Add);
        AddOthers(Add);
        return known;
    }

    private static void AddTorch(Dictionary<(string Module, string Name), PickleGlobal> known, Adder add)
    {
        add("torch._utils", PickleGlobalKind.Tensor, "_rebuild_tensor");
        add("torch._utils", PickleGlobalKind.TensorV2, "_rebuild_tensor_v2");
        add("torch._utils", PickleGlobalKind.TensorV3, "_rebuild_tensor_v3");
        add("torch._utils", PickleGlobalKind.Parameter, "_rebuild_parameter", "_rebuild_parameter_with_state");
        add("torch._utils", PickleGlobalKind.Unsupported, "_rebuild_qtensor", "_rebuild_sparse_tensor", "_rebuild_sparse_csr_tensor", "_rebuild_nested_tensor", "_rebuild_meta_tensor_no_storage", "_rebuild_wrapper_subclass", "_rebuild_device_tensor_from_numpy");
        add("torch._tensor", PickleGlobalKind.FromType, "_rebuild_from_type_v2");
        add("torch", PickleGlobalKind.Opaque, "Size", "device", "Tensor", "strided", "per_tensor_affine", "per_channel_affine", "contiguous_format");
        add("torch.nn.parameter", PickleGlobalKind.Opaque, "Parameter");
        add("torch.serialization", PickleGlobalKind.Opaque, "_get_layout");
        foreach (string module in new[] { "torch", "torch.cuda" })
        {
            foreach ((string name, TensorDtype dtype) in Storages) known.Add((module, name), new PickleGlobal(module, name, PickleGlobalKind.Storage, dtype));
            add(module, PickleGlobalKind.Unsupported, "QInt8Storage", "QUInt8Storage", "QInt32Storage", "QUInt4x2Storage", "QUInt2x4Storage", "ComplexFloatStorage", "ComplexDoubleStorage");
        }

        add("torch", PickleGlobalKind.Storage, "UntypedStorage");
        add("torch.storage", PickleGlobalKind.Storage, "UntypedStorage", "_UntypedStorage");
        add("torch.storage", PickleGlobalKind.Opaque, "TypedStorage", "_TypedStorage");
        foreach ((string name, TensorDtype dtype) in Dtypes) known.Add(("torch", name), new PickleGlobal("torch", name, PickleGlobalKind.Dtype, dtype));
        add("torch", PickleGlobalKind.Unsupported, "qint8", "quint8", "qint32", "quint4x2", "quint2x4", "complex32", "complex64", "complex128");
    }

    /// <summary>What the training state of transformers and fairseq is made of.</summary>
    private static void AddOthers(Adder add)
    {
        foreach (string module in new[] { "numpy.core.multiarray", "numpy._core.multiarray" }) add(module, PickleGlobalKind.Opaque, "scalar", "_reconstruct");
        add("numpy", PickleGlobalKind.Opaque, "ndarray", "dtype", "float64", "float32", "int64", "int32", "bool_");
        foreach (string module in new[] { "fairseq.meters", "fairseq.logging.meters" }) add(module, PickleGlobalKind.Opaque, "AverageMeter", "TimeMeter", "StopwatchMeter", "MetersDict", "MetersDict._DerivedMeter");
        add("omegaconf.dictconfig", PickleGlobalKind.Opaque, "DictConfig");
        add("omegaconf.listconfig", PickleGlobalKind.Opaque, "ListConfig");
        add("omegaconf.base", PickleGlobalKind.Opaque, "ContainerMetadata", "Metadata");
        add("omegaconf.nodes", PickleGlobalKind.Opaque, "AnyNode", "StringNode", "IntegerNode", "FloatNode", "BooleanNode", "EnumNode");
        add("typing", PickleGlobalKind.Opaque, "Any");
    }

    private static (string Name, TensorDtype Dtype)[] Storages =>
    [
        ("FloatStorage", TensorDtype.F32), ("HalfStorage", TensorDtype.F16), ("BFloat16Storage", TensorDtype.BF16), ("DoubleStorage", TensorDtype.F64),
        ("LongStorage", TensorDtype.I64), ("IntStorage", TensorDtype.I32), ("ShortStorage", TensorDtype.I16), ("CharStorage", TensorDtype.I8),
        ("ByteStorage", TensorDtype.U8), ("BoolStorage", TensorDtype.Bool),
    ];

    private static (string Name, TensorDtype Dtype)[] Dtypes =>
    [
        ("float32", TensorDtype.F32), ("float", TensorDtype.F32), ("float16", TensorDtype.F16), ("half", TensorDtype.F16), ("bfloat16", TensorDtype.BF16),
        ("float64", TensorDtype.F64), ("double", TensorDtype.F64), ("int64", TensorDtype.I64), ("long", TensorDtype.I64), ("int32", TensorDtype.I32),
        ("int", TensorDtype.I32), ("int16", TensorDtype.I16), ("short", TensorDtype.I16), ("int8", TensorDtype.I8), ("uint8", TensorDtype.U8),
        ("uint16", TensorDtype.U16), ("uint32", TensorDtype.U32), ("uint64", TensorDtype.U64), ("bool", TensorDtype.Bool),
        ("float8_e4m3fn", TensorDtype.F8E4M3), ("float8_e5m2", TensorDtype.F8E5M2), ("float8_e8m0fnu", TensorDtype.F8E8M0),
    ];

    private delegate void Adder(string module, PickleGlobalKind kind, params ReadOnlySpan<string> names);
}
