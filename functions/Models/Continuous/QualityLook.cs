using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.Suites;
using Orchestrator.Functions.Suites.Gates;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>
/// Asks a model the short suite on the address that users ask it at, and compares its scores with those that it passed the gate with;
/// where no gate has kept any for this model, with those of the first look.
/// </summary>
/// <remarks>
/// The gate's policy is the environment's, but that all short cases are enough to tell: its bounds allow for how few they are. With 14
/// cases it takes about three that are lost wholly before the gate can fail, and one category alone never can. A gate is asked once,
/// a look again and again: so a loss is only told when a second run, right after the first, shows it too.
/// </remarks>
/// <param name="suites">The suites.</param>
/// <param name="runner">Who asks and grades.</param>
/// <param name="releases">What the releases bring along.</param>
/// <param name="gates">What the gates have kept.</param>
/// <param name="looks">What looks have kept.</param>
/// <param name="stacks">The way to the workloads.</param>
/// <param name="settings">The repository.</param>
/// <param name="time">The clock.</param>
public sealed class QualityLook(
    SuiteLibrary suites,
    SuiteRunner runner,
    ReleaseReader releases,
    SuiteScoreStore gates,
    ModelLookStore looks,
    StackConnections stacks,
    OrchestratorSettings settings,
    TimeProvider time)
{
    /// <summary>Whether the model is as good as it was, and the share of the tries that it passed.</summary>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked for the suite, or not now.</exception>
    /// <exception cref="InvalidOperationException">The suite needs a judge that is not there.</exception>
    internal async Task<(ModelCheck Check, double? Score)> LookAsync(ServingGateway gateway, ModelEntry entry, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(gateway.Target, entry, cancellationToken);
        var tag = known is null ? gateway.Release : known.Tag;
        var (suite, refusal) = tag is null || known?.Scores.Digest == DefaultSuite.Suite.Digest
            ? (DefaultSuite.Suite, null)
            : await SuiteOfAsync(gateway.Target.Stack, tag, cancellationToken);
        if (suite is null)
        {
            return (Unknown(refusal!), null);
        }

        var cases = ShortCases.Of(suite, environment.Continuous?.Cases);
        if (cases.Cases.All(one => one.Quarantined is not null))
        {
            return (Unknown($"suite {suite.Name} has no short cases"), null);
        }

        var gate = environment.Gate ?? GatePolicy.Default;
        var shown = await RunAsync(gateway, entry, cases, gate, cancellationToken);
        var score = shown.Counting().Any(one => one.Tries > 0) ? Math.Round(shown.Counting().Where(one => one.Tries > 0).Average(one => one.Share()), 3) : (double?)null;
        return (known is null
            ? await BeginAsync(gateway, entry, shown, cancellationToken)
            : await CompareAsync(gateway, entry, cases, gate, ShortCases.Of(known.Scores, cases), shown, cancellationToken), score);
    }

    private async Task<ModelCheck> CompareAsync(ServingGateway gateway, ModelEntry entry, Suite cases, GatePolicy gate, SuiteScores known, SuiteScores shown, CancellationToken cancellationToken)
    {
        var lowered = gate with { MinCases = Math.Min(gate.MinCases, Math.Max(1, cases.Cases.Count(one => one.Quarantined is null))) };
        var first = QualityGate.Judge(shown, known, lowered);
        if (first.Verdict != Verdict.Fail)
        {
            return new(ModelCheckKind.Quality, first.Verdict == Verdict.Inconclusive && IsWithin(shown, known, gate.Margin) ? Verdict.Pass : first.Verdict, first.Verdict == Verdict.Pass ? first.Checks[0].ToString() : first.Summary());
        }

        var second = QualityGate.Judge(await RunAsync(gateway, entry, cases, gate, cancellationToken), known, lowered);
        return second.Verdict == Verdict.Fail
            ? new(ModelCheckKind.Quality, Verdict.Fail, second.Summary())
            : new(ModelCheckKind.Quality, Verdict.Inconclusive, $"a first run failed and a second one did not: {first.Summary()}");
    }

    // So few cases never prove that nothing was lost; that all were measured and no more is missing than the margin has to do.
    private static bool IsWithin(SuiteScores shown, SuiteScores known, double margin)
    {
        var now = shown.Counting().ToArray();
        return now.All(one => one.Tries > 0) && now.Average(one => one.Share()) >= known.Counting().Average(one => one.Share()) - margin;
    }

    private async Task<ModelCheck> BeginAsync(ServingGateway gateway, ModelEntry entry, SuiteScores shown, CancellationToken cancellationToken)
    {
        if (shown.Counting().Where(one => one.Tries == 0).Select(one => one.Id).ToArray() is { Length: > 0 } missing)
        {
            return Unknown($"could not be measured in {missing.Length} cases: there is nothing to compare with yet");
        }

        await looks.KeepAsync(gateway.Target, entry.Name, new ScoreReference(entry.Whole, gateway.Release, time.GetUtcNow(), shown), cancellationToken);
        return new(ModelCheckKind.Quality, Verdict.Pass, "the first look: later ones are compared with it");
    }

    // Scores of another model, or of the same one in another server, which a gate has seen since or before, say nothing of this one.
    private async Task<KnownScores?> KnownAsync(RegionTarget target, ModelEntry entry, CancellationToken cancellationToken)
    {
        if (await gates.PassedAsync(target, entry.Name, cancellationToken) is { } passed && passed.Whole == entry.Whole)
        {
            return new(passed.Tag, passed.Candidate);
        }

        return await looks.ReferenceAsync(target, entry.Name, cancellationToken) is { } first && first.Identity == entry.Whole ? new(first.Tag, first.Scores) : null;
    }

    private async Task<(Suite? Suite, string? Refusal)> SuiteOfAsync(StackName stack, ReleaseTag tag, CancellationToken cancellationToken)
    {
        var (plan, _) = await releases.PreviewAsync(new ReleaseRequest(new ReleaseKey(settings.Topology.Repository, tag, ReleaseKey.OfRelease), string.Empty), cancellationToken);
        return plan.Stacks.FirstOrDefault(order => order.Stack == stack) is { Candidate: var candidate }
            ? await suites.OfAsync(candidate.Key, candidate.Pins?.Suite, cancellationToken)
            : (null, plan.Refusal ?? $"{tag} does not name {stack}");
    }

    private async Task<SuiteScores> RunAsync(ServingGateway gateway, ModelEntry entry, Suite cases, GatePolicy gate, CancellationToken cancellationToken) =>
        (await runner.RunAsync(cases, Target(gateway, entry.Name), new(gate.Parallel, name => gateway.Models.Any(model => model.Name == name) ? Target(gateway, name) : null), cancellationToken)).Scores;

    private ModelTarget Target(ServingGateway gateway, string model) =>
        new(gateway.Api, model, stacks.Of(gateway.Target.Stack).Workloads, new Dictionary<string, string>(), Token: null);

    private static ModelCheck Unknown(string detail) => new(ModelCheckKind.Quality, Verdict.Error, detail);

    private sealed record KnownScores(ReleaseTag? Tag, SuiteScores Scores);
}

/// <summary>A region's gateway as it serves its users.</summary>
/// <param name="Target">The region.</param>
/// <param name="Api">Where its OpenAI-compatible API begins.</param>
/// <param name="Release">The release that was promoted; null when the region does not say.</param>
/// <param name="Models">What it asks.</param>
internal sealed record ServingGateway(RegionTarget Target, Uri Api, ReleaseTag? Release, IReadOnlyList<ModelEntry> Models);
