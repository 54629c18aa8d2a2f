using System.Text.Json.Serialization;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>How far a set of weights is.</summary>
/// <param name="Unverified">The files that are not there whole and verified, in the manifest's order.</param>
/// <param name="StagedBytes">How many bytes of all files are staged, verified or not.</param>
/// <param name="TotalBytes">How many bytes all files have.</param>
public sealed record FolderProgress(IReadOnlyList<WeightsFile> Unverified, long StagedBytes, long TotalBytes);

/// <summary>Whether a folder could be marked as verified.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Complete), "complete")]
[JsonDerivedType(typeof(Incomplete), "incomplete")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record FolderResult
{
    private FolderResult()
    {
    }

    /// <summary>It is marked: servers may read it.</summary>
    public sealed record Complete : FolderResult;

    /// <summary>Some files are not verified yet; there is no marker.</summary>
    /// <param name="Paths">Those files.</param>
    public sealed record Incomplete(IReadOnlyList<string> Paths) : FolderResult;

    /// <summary>The files are what the manifest says, and do not belong together; there is no marker.</summary>
    /// <param name="Reason">What was expected and what was found.</param>
    public sealed record Refused(string Reason) : FolderResult;
}
