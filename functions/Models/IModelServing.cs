using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Models;

/// <summary>What serves models of one kind: brings a new one up beside what serves now, and removes what nobody asks any more.</summary>
public interface IModelServing
{
    /// <summary>The kind.</summary>
    ModelKind Kind { get; }

    /// <summary>Asks for the model where that has not been done, and says how far it is. May be called again and again.</summary>
    /// <exception cref="StackUnavailableException">It could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">It is refused.</exception>
    Task<ModelReadiness> BringAsync(ModelOrder order, CancellationToken cancellationToken);

    /// <summary>Removes what served a model, unless that is not ours to remove.</summary>
    /// <param name="target">The region.</param>
    /// <param name="retired">What a gateway asked that no longer serves.</param>
    /// <param name="serving">What the serving gateway asks.</param>
    /// <param name="isReplaced">Whether a release has taken its place for good; else it is a candidate's that is gone back from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StackUnavailableException">It could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">It is refused.</exception>
    Task RemoveAsync(RegionTarget target, ModelEntry retired, ModelEntry serving, bool isReplaced, CancellationToken cancellationToken);

    /// <summary>Removes what we have made and the serving gateway does not ask: what was left of candidates that were gone back from.</summary>
    /// <param name="target">The region.</param>
    /// <param name="serving">What the serving gateway asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StackUnavailableException">It could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">It is refused.</exception>
    Task SweepAsync(RegionTarget target, IReadOnlyList<ModelEntry> serving, CancellationToken cancellationToken);
}

/// <summary>The order to bring a model to a region.</summary>
/// <param name="Region">Where, and for which candidate; with its plan.</param>
/// <param name="Change">Which model.</param>
public sealed record ModelOrder(RegionOrder Region, ModelChange Change)
{
    /// <summary>What the candidate's gateway will ask.</summary>
    public ModelEntry Entry() => Region.Models!.Entries.First(entry => entry.Name == Change.Name);

    /// <summary>Whether it is one that has been there before: what serves it may have been made before anything was marked.</summary>
    public bool IsReturn() => Change.IsAsked || Region.Candidate.IsRollback;
}

/// <summary>How far a model is.</summary>
/// <param name="State">How far.</param>
/// <param name="Detail">For people.</param>
/// <param name="Verdict">What it means for the release when it has failed.</param>
public sealed record ModelReadiness(Readiness State, string Detail, Verdict Verdict = Verdict.Fail)
{
    internal static ModelReadiness Ready(string detail) => new(Readiness.Ready, detail);

    internal static ModelReadiness Progressing(string detail) => new(Readiness.Progressing, detail);

    internal static ModelReadiness Failed(string detail) => new(Readiness.Failed, detail);

    /// <summary>It is not known whether the release is fit: something else stands in the way.</summary>
    internal static ModelReadiness Hindered(string detail) => new(Readiness.Failed, detail, Verdict.Error);
}
