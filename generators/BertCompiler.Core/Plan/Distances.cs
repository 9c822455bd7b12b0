namespace BertCompiler.Core.Plan;

/// <summary>What attention adds to its scores for the distance between two tokens. A closed set.</summary>
/// <param name="Weights">Packed tensors that it needs.</param>
public abstract record Distances(EquatableArray<string> Weights);

/// <summary>A learned vector for each distance, multiplied with the query.</summary>
public sealed record QueryDistances(string Vectors) : Distances(new EquatableArray<string>([Vectors]));

/// <summary>The same vector multiplied with query and key.</summary>
public sealed record QueryKeyDistances(string Vectors) : Distances(new EquatableArray<string>([Vectors]));

/// <summary>A learned number for each head and bucket of distances.</summary>
public sealed record BucketedDistances(string Numbers) : Distances(new EquatableArray<string>([Numbers]));

/// <summary>Keys and queries of distances, multiplied with the queries and keys of tokens.</summary>
/// <param name="Keys">Keys of distances [2·span, A·D]; null: queries meet none.</param>
/// <param name="Queries">Queries of distances [2·span, A·D]; null: keys meet none.</param>
/// <param name="Buckets">Buckets in each direction; 0: distances are only cut.</param>
/// <param name="MaxDistance">The distance that the last bucket ends with.</param>
public sealed record DisentangledDistances(string? Keys, string? Queries, int Buckets, int MaxDistance)
    : Distances(new EquatableArray<string>(new[] { Keys, Queries }.OfType<string>()));
