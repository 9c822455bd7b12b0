namespace BertCompiler.Tool.Importers;

/// <summary>Element types that checkpoints use, by their safetensors names.</summary>
internal enum TensorDtype
{
    Bool,
    F4,
    F6E2M3,
    F6E3M2,
    U8,
    I8,
    F8E5M2,
    F8E4M3,
    F8E8M0,
    I16,
    U16,
    F16,
    BF16,
    I32,
    U32,
    F32,
    I64,
    U64,
    F64,
    C64,
}
