using System.Text.Json.Nodes;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Changes;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>Says of a change in the sandbox what it is for the rollout of a version.</summary>
internal sealed class SideEffects(SandboxHost sandbox, string version)
{
    public SideEffect Of(Change change)
    {
        var (phase, what) = change switch
        {
            { Kind: "POST deployments" } => (change.Subject == Refusals ? "refused" : "deploying", "GitHub: deployment"),
            { Kind: "POST deployments/statuses" } => Status(change),
            { Kind: "PATCH releases" } => ("summing up", "GitHub: summary"),
            { Kind: "POST Microsoft.App/containerApps/revisions/activate" } => ("deploying", "candidate started again"),
            { Kind: "POST Microsoft.App/containerApps/revisions/deactivate" } => IsCandidate(change.Subject.Split('/')[^2])
                ? ("rollingBack", "candidate stopped")
                : ("tidying up", "baseline stopped"),
            { Kind: "PUT Microsoft.CognitiveServices/accounts/deployments" } => ("preparingModels", $"deployment {Last(change)}"),
            { Kind: "DELETE Microsoft.CognitiveServices/accounts/deployments" } => ("tidying up", $"deployment {Last(change)} removed"),
            { Kind: "PUT Block" or "PUT BlockList" or "PUT Blob" or "DELETE Blob" } => ("preparingModels", $"weights: {change.Kind} {Last(change)}"),
            { Body: { } body } when body["properties"]?["template"] is not null => ("deploying", "candidate deployed"),
            _ => Traffic(change),
        };
        return new(phase, what, (change.Place == "github" ? change.Subject : change.Place).Split('/')[^1]);
    }

    // The GitHub environment of releases that are not rolled out.
    private const string Refusals = Functions.Releases.ReportRefusal.Environment;

    private static string Last(Change change) => change.Subject.Split('/')[^1];

    private static (string Phase, string What) Status(Change change)
    {
        var state = change.Body!["state"]!.GetValue<string>();
        var description = change.Body["description"]!.GetValue<string>();
        var phase = state switch
        {
            "in_progress" when description.StartsWith("paused", StringComparison.Ordinal) => "paused",
            "in_progress" when description.EndsWith("promote it", StringComparison.Ordinal) => "awaitingPromotion",
            "in_progress" => "deploying",
            "success" => "promoted",
            "inactive" => "promoted",
            "failure" => change.Subject == Refusals ? "refused" : "rolledBack",
            _ => "rollbackFailed",
        };
        return (phase, $"GitHub: {state}");
    }

    private (string Phase, string What) Traffic(Change change)
    {
        var shares = change.Body!["properties"]!["configuration"]!["ingress"]!["traffic"]!.AsArray().OfType<JsonObject>()
            .Select(share => (IsCandidate: IsCandidate(share["revisionName"]!.GetValue<string>()), Weight: share["weight"]!.GetValue<int>()))
            .ToArray();
        var tags = change.Body["tags"] is JsonObject { Count: > 0 } ? " and tags" : string.Empty;
        return shares switch
        {
            [(IsCandidate: true, _)] => ("tidying up", "baseline out of the traffic"),
            [(IsCandidate: false, _)] when !HasCandidate(change.Place) => ("deploying", "baseline pinned"),
            [(IsCandidate: false, _)] => ("rollingBack", $"baseline has all traffic{tags}"),
            [(IsCandidate: true, 0), ..] => ("deploying", "label at 0 %"),
            [(IsCandidate: true, 100), ..] => ("promoting", $"100 %{tags}"),
            [(IsCandidate: true, var weight), ..] => ("shifting", $"{weight} %"),
            _ => throw new InvalidOperationException($"What is this for? {change}"),
        };
    }

    private bool IsCandidate(string revision) => sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps()).SelectMany(app => app.Revisions)
        .Any(one => one.Name == revision && one.Version == version);

    private bool HasCandidate(string place) => sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps())
        .Any(app => app.Region == place.Split('/')[^1] && app.Revisions.Any(revision => revision.Version == version));
}
