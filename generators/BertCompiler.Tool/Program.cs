using System.CommandLine;
using BertCompiler.Tool.Commands;

var root = new RootCommand("""
    bertc: compiles BERT-family checkpoints to C#.

    Exit codes: 0 done; 1 the input is at fault or a comparison failed; 2 the command line is at fault; 130 cancelled.
    """)
{
    InspectCommand.Create(),
    ImportCommand.Create(),
    EmitCommand.Create(),
    EmbedCommand.Create(),
    TokenizeCommand.Create(),
    RunCommand.Create(),
    VerifyCommand.Create(),
    BitsCommand.Create(),
    NewCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
