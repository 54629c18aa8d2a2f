using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Functions.Releases;

/// <summary>Reads a release for its run.</summary>
/// <param name="releases">Who reads releases.</param>
public sealed class ReadRelease(ReleaseReader releases)
{
    /// <summary>What follows from the release. Whatever is wrong with it is a refusal; only GitHub being out of reach throws.</summary>
    [Function(nameof(ReadRelease))]
    public Task<ReleasePlan> RunAsync([ActivityTrigger] ReleaseRequest request, CancellationToken cancellationToken) => releases.ReadAsync(request, cancellationToken);
}
