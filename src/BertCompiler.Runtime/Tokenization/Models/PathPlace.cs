namespace BertCompiler.Tokenization;

/// <summary>A place in a word, and the best path that ends there.</summary>
internal struct PathPlace
{
    /// <summary>Sum of the scores from the beginning of the word.</summary>
    public double Score;

    /// <summary>Where the last piece begins; −1: no path ends here. Along a path that is read forward: where the next piece ends.</summary>
    public int Link;

    /// <summary>Id of the last piece.</summary>
    public int Id;
}
