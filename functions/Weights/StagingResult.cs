using System.Text.Json.Serialization;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Weights;

/// <summary>How a slice of staging a file has ended. Survives being written as JSON, so that an activity may return it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Verified), "verified")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Mismatch), "mismatch")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record StagingResult
{
    private StagingResult()
    {
    }

    /// <summary>The file is in the region's storage, whole, and its SHA-256 is the manifest's.</summary>
    public sealed record Verified : StagingResult;

    /// <summary>Some of the file is in the region's storage; the next slice goes on from there.</summary>
    /// <param name="Bytes">How many bytes are.</param>
    public sealed record Progress(long Bytes) : StagingResult;

    /// <summary>All bytes came and they are not the manifest's. Nothing of them is kept.</summary>
    /// <param name="Expected">The SHA-256 of the manifest.</param>
    /// <param name="Found">The SHA-256 of what came.</param>
    public sealed record Mismatch(Sha256Digest Expected, Sha256Digest Found) : StagingResult;

    /// <summary>The hub has something else than the manifest says, or will not give it. Trying again does not help.</summary>
    /// <param name="Reason">What was expected and what was found.</param>
    public sealed record Refused(string Reason) : StagingResult;
}
