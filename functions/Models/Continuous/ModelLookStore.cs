using Orchestrator.Core.Names;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>What looks at models have shown and what they are compared with, in the store: numbers, names and hashes.</summary>
/// <param name="store">The store.</param>
public sealed class ModelLookStore(IStateStore store)
{
    private const string LookKind = "model-looks";
    private const string FingerprintKind = "model-fingerprints";
    private const string ReferenceKind = "model-references";
    private const string ReferenceCaseKind = "model-reference-cases";
    private const string RollbackKind = "model-rollbacks";
    private const int LongestDetail = 1_024;
    private const int ShortestDetail = 16;

    /// <summary>The last look at each region.</summary>
    public async Task<IReadOnlyList<RegionModelLook>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(LookKind, cancellationToken)).Select(StateStores.Value<RegionModelLook>)];

    /// <summary>The last look at a region; null before the first.</summary>
    public Task<RegionModelLook?> LastAsync(RegionTarget target, CancellationToken cancellationToken) => store.ReadAsync<RegionModelLook>(LookKind, Key(target), cancellationToken);

    /// <summary>Keeps a look as the region's last.</summary>
    public Task KeepAsync(RegionTarget target, RegionModelLook look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        return store.ChangeAsync<RegionModelLook>(LookKind, Key(target), _ => Fitting(look), cancellationToken);
    }

    /// <summary>The fingerprint that a model's later ones are compared with; null before the first.</summary>
    public Task<ModelFingerprint?> FingerprintAsync(RegionTarget target, string model, CancellationToken cancellationToken) => store.ReadAsync<ModelFingerprint>(FingerprintKind, Key(target, model), cancellationToken);

    /// <summary>Keeps it.</summary>
    public Task KeepAsync(RegionTarget target, string model, ModelFingerprint first, CancellationToken cancellationToken) => store.ChangeAsync<ModelFingerprint>(FingerprintKind, Key(target, model), _ => first, cancellationToken);

    /// <summary>The scores of the first look, where no gate has kept any; null before it.</summary>
    public async Task<ScoreReference?> ReferenceAsync(RegionTarget target, string model, CancellationToken cancellationToken) =>
        await store.ReadAsync<StoredReference>(ReferenceKind, Key(target, model), cancellationToken) is { } stored
            ? new(stored.Identity, stored.Tag, stored.At, stored.Parts is { } parts
                ? stored.Scores with { Cases = await store.ReadPartsAsync<CaseScore>(ReferenceCaseKind, Key(target, model), parts, cancellationToken) }
                : stored.Scores)
            : null;

    /// <summary>Keeps them.</summary>
    public async Task KeepAsync(RegionTarget target, string model, ScoreReference first, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(first);
        var parts = await store.WritePartsAsync(ReferenceCaseKind, Key(target, model), first.Scores.Cases, cancellationToken);
        await store.ChangeAsync<StoredReference>(ReferenceKind, Key(target, model), _ => new(first.Identity, first.Tag, first.At, first.Scores with { Cases = [] }, parts), cancellationToken);
    }

    /// <summary>The last rollback that looks have begun in an environment; null when they have begun none.</summary>
    public Task<RollbackNote?> RollbackAsync(RegionTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return store.ReadAsync<RollbackNote>(RollbackKind, $"{target.Stack}_{target.Environment}", cancellationToken);
    }

    /// <summary>Keeps it.</summary>
    public Task KeepAsync(RegionTarget target, RollbackNote begun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        return store.ChangeAsync<RollbackNote>(RollbackKind, $"{target.Stack}_{target.Environment}", _ => begun, cancellationToken);
    }

    // What was seen in words becomes shorter, the more models a region has; verdicts and scores stay.
    private static RegionModelLook Fitting(RegionModelLook look)
    {
        var kept = look;
        for (var longest = LongestDetail; !StateJson.Fits(kept) && longest >= ShortestDetail; longest /= 2)
        {
            kept = look with
            {
                Problem = StateJson.Cut(look.Problem, longest),
                RollBack = StateJson.Cut(look.RollBack, longest),
                Models = [.. look.Models.Select(model => model with { Checks = [.. model.Checks.Select(check => check with { Detail = StateJson.Cut(check.Detail, longest) })] })],
            };
        }

        return kept;
    }

    private static string Key(RegionTarget target) => $"{target.Stack}_{target.Environment}_{target.Region.Name}";

    private static string Key(RegionTarget target, string model) => StateKeys.Fitting($"{Key(target)}_{StateKeys.Of(model)}");

    // Without parts, the entry is of a build that kept the cases within it.
    private sealed record StoredReference(string? Identity, ReleaseTag? Tag, DateTimeOffset At, SuiteScores Scores, int? Parts = null);
}

/// <summary>What a model scored when it was first looked at.</summary>
/// <param name="Identity">Its identity as it was promoted; null when that is not known.</param>
/// <param name="Tag">The release that served; null when the region does not say.</param>
/// <param name="At">When.</param>
/// <param name="Scores">What it scored.</param>
public sealed record ScoreReference(string? Identity, ReleaseTag? Tag, DateTimeOffset At, SuiteScores Scores);

/// <summary>A rollback that a look has begun.</summary>
/// <param name="From">The release that is gone back from.</param>
/// <param name="To">The one before it.</param>
/// <param name="At">When.</param>
/// <param name="Run">The run.</param>
public sealed record RollbackNote(ReleaseTag From, ReleaseTag To, DateTimeOffset At, string Run);
