using System.CommandLine;
using BertCompiler.Tool.Commands;
using BertCompiler.Tool.Commands.Tasks;

// What every build asks first, and most builds need no more: answered before the command line is made.
if (ImportAllCommand.AllFresh(args)) return ExitCodes.Success;

var root = new RootCommand("""
    bertc: compiles BERT-family checkpoints to C#.

    Exit codes: 0 done; 1 the input is at fault or a comparison failed; 2 the command line is at fault; 130 cancelled; 141 nobody reads the output any more.
    """)
{
    InspectCommand.Create(),
    ImportCommand.Create(),
    ImportAllCommand.Create(),
    EmitCommand.Create(),
    EmbedCommand.Create(),
    FillMaskCommand.Create(),
    ClassifyCommand.Create(),
    TagCommand.Create(),
    AnswerCommand.Create(),
    RerankCommand.Create(),
    TokenizeCommand.Create(),
    RunCommand.Create(),
    ConvertCommand.Create(),
    VerifyCommand.Create(),
    BitsCommand.Create(),
    NewCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
