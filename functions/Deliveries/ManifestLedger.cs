using Orchestrator.Core.Names;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Deliveries;

/// <summary>Which manifest of each release was rolled out last, in the store; of those that were since policy compares them.</summary>
/// <param name="store">The store.</param>
public sealed class ManifestLedger(IStateStore store)
{
    private const string Kind = "manifests";

    /// <summary>Notes the manifest that a run has read.</summary>
    public Task NoteAsync(ReleaseTag tag, ManifestMark read, CancellationToken cancellationToken) =>
        store.ChangeAsync<ManifestNote>(Kind, StateKeys.Of(tag), before => ManifestNote.AfterReading(before, read), cancellationToken);

    /// <summary>
    /// Claims a changed manifest for a delivery: the attempt that is to roll it out, always the same for the same delivery; null when
    /// it is the one that was rolled out or claimed last, an older one, or nothing is known of what was.
    /// </summary>
    /// <param name="tag">The release's tag.</param>
    /// <param name="changed">The manifest.</param>
    /// <param name="delivery">The delivery's id.</param>
    /// <param name="attempt">The attempt that is free.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int?> ClaimAsync(ReleaseTag tag, ManifestMark changed, string delivery, int attempt, CancellationToken cancellationToken) =>
        await store.ReadAsync<ManifestNote>(Kind, StateKeys.Of(tag), cancellationToken) is { } known
            ? await store.ChangeAsync<ManifestNote, int?>(Kind, StateKeys.Of(tag), before => (before ?? known).Claim(changed, delivery, attempt), cancellationToken)
            : null;
}

/// <summary>The manifest of a release that was rolled out last, or is about to be.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="ClaimedBy">The delivery that asked for it; null when none did.</param>
/// <param name="Attempt">The attempt that rolls it out by that claim.</param>
internal sealed record ManifestNote(ManifestMark Manifest, string? ClaimedBy, int Attempt)
{
    /// <summary>What is known once a run has read a manifest. GitHub's own times have seconds: of two within one the last that was read counts.</summary>
    public static ManifestNote AfterReading(ManifestNote? before, ManifestMark read) =>
        before is null || read.UpdatedAt > before.Manifest.UpdatedAt ? new(read, null, 0)
        : read.UpdatedAt == before.Manifest.UpdatedAt ? before with { Manifest = read }
        : before;

    /// <summary>What is known once a delivery has told of a manifest, and the attempt that is to roll it out; null for none.</summary>
    public (ManifestNote After, int? Attempt) Claim(ManifestMark changed, string delivery, int free) =>
        ClaimedBy == delivery ? (this, Attempt)
        : changed.Digest == Manifest.Digest || changed.UpdatedAt < Manifest.UpdatedAt ? (this, null)
        : (new(changed, delivery, free), free);
}
