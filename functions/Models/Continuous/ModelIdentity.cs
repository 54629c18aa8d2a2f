using System.Text.Json.Nodes;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Rollouts.Activities;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>Asks what serves a region's model what it is, and compares that with what was promoted.</summary>
/// <param name="resources">The resources.</param>
/// <param name="probe">Who asks the model itself.</param>
/// <param name="traffic">Which servers are asked by whoever names none.</param>
public sealed class ModelIdentity(ModelResources resources, ModelProbe probe, OnlineTraffic traffic)
{
    /// <summary>Whether it is what was promoted. No answer, or none now, says nothing.</summary>
    /// <exception cref="StackUnavailableException">ARM or the model could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public async Task<ModelCheck> LookAsync(RegionTarget target, ModelKind kind, ModelEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(entry);
        return kind switch
        {
            ModelKind.Closed => await ClosedAsync(target, entry, cancellationToken),
            ModelKind.Online => await OnlineAsync(target, entry, cancellationToken),
            _ => await ExternalAsync(target, entry, cancellationToken),
        };
    }

    private async Task<ModelCheck> ClosedAsync(RegionTarget target, ModelEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Identity is null)
        {
            return Unknown("the gateway was not told which version was promoted");
        }

        var identity = $"{target.Region.Models!.Account!.Models.First(slot => slot.Name == entry.Name).Model}-{entry.Identity}";
        var there = await resources.ReadAsync(target, ClosedModelDeployments.PathOf(target, entry.Asked), ApiVersions.CognitiveServices, cancellationToken);
        if (there is null)
        {
            return Drift($"expected deployment {entry.Asked} to be {identity}, found no such deployment");
        }

        var deployed = $"{(there["properties"]?["model"]?["name"]).Text()}-{(there["properties"]?["model"]?["version"]).Text()}";
        if (deployed != identity)
        {
            return Drift($"expected deployment {entry.Asked} to be {identity}, found {deployed}");
        }

        var upgrade = (there["properties"]?["versionUpgradeOption"]).Text();
        return upgrade != "NoAutoUpgrade"
            ? Drift($"expected the provider to upgrade deployment {entry.Asked} never (NoAutoUpgrade), found {upgrade ?? "nothing said"}")
            : await AnsweredAsync(target, ModelKind.Closed, entry, identity, cancellationToken);
    }

    private async Task<ModelCheck> OnlineAsync(RegionTarget target, ModelEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Identity is null)
        {
            return Unknown("the gateway was not told which weights were promoted");
        }

        var endpoint = OnlineServers.EndpointOf(target, entry.Name);
        foreach (var server in await ServersAsync(target, endpoint, entry, cancellationToken))
        {
            var there = await resources.ReadAsync(target, $"{endpoint}/deployments/{server}", ApiVersions.MachineLearning, cancellationToken);
            var digest = there is null ? null : OnlineServers.DigestOf(there);
            if (digest != entry.Identity)
            {
                return Drift($"expected server {server} to load weights {entry.Identity}, found {(there is null ? "no such server" : digest ?? "none named")}");
            }

            // Entries of builds that did not tell it say nothing of it.
            if (entry.ServerDigest is { } runs && ServerTemplate.DigestOf(there!) is var found && found != runs)
            {
                return Drift($"expected server {server} to run {ServerTemplate.Told(runs)}, found {ServerTemplate.Told(found)}");
            }
        }

        return await AnsweredAsync(target, ModelKind.Online, entry, entry.Asked, cancellationToken);
    }

    // The one that requests name by their header; else all that the endpoint sends requests to.
    private async Task<IReadOnlyList<string>> ServersAsync(RegionTarget target, string endpoint, ModelEntry entry, CancellationToken cancellationToken) =>
        OnlineServers.HeaderOf(entry) is { } named
            ? [named]
            : [.. (await traffic.ReadAsync(target, endpoint, cancellationToken)).Where(share => share.Value > 0).Select(share => share.Key)];

    private async Task<ModelCheck> ExternalAsync(RegionTarget target, ModelEntry entry, CancellationToken cancellationToken)
    {
        var (names, detail) = await probe.ServedAsync(target, ModelKind.External, entry, cancellationToken);
        return names is null ? Unknown($"the cluster does not say what it serves: {FirstAnswer.Cut(detail)}")
            : !names.Contains(entry.Asked, StringComparer.Ordinal) ? Drift($"expected the cluster to serve {entry.Asked}, found {(names.Count == 0 ? "nothing" : FirstAnswer.Cut(string.Join(", ", names)))}")
            : await AnsweredAsync(target, ModelKind.External, entry, entry.Asked, cancellationToken);
    }

    private async Task<ModelCheck> AnsweredAsync(RegionTarget target, ModelKind kind, ModelEntry entry, string expected, CancellationToken cancellationToken)
    {
        var answer = await probe.AskAsync(target, kind, entry, cancellationToken);
        var judged = FirstAnswer.Judge(kind, entry.Asked, expected, answer);
        return judged switch
        {
            { State: Readiness.Ready } => new(ModelCheckKind.Identity, Verdict.Pass, judged.Detail),
            { State: Readiness.Failed, Verdict: Verdict.Fail } => Drift(judged.Detail),
            _ => Unknown(judged.Detail),
        };
    }

    private static ModelCheck Drift(string detail) => new(ModelCheckKind.Identity, Verdict.Fail, detail);

    private static ModelCheck Unknown(string detail) => new(ModelCheckKind.Identity, Verdict.Error, detail);
}
