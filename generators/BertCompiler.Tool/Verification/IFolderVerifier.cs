namespace BertCompiler.Tool.Verification;

/// <summary>Compares what one kind of folder holds with what this program computes.</summary>
internal interface IFolderVerifier
{
    /// <summary>Whether a folder is of this kind.</summary>
    bool Recognises(string folder);

    /// <summary>Compares everything in it. What is wrong with the folder is in the report.</summary>
    FolderReport Verify(string folder, CancellationToken cancellation);
}
