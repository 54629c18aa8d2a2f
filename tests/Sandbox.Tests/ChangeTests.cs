using Octokit;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.Tests.GitHub;

namespace Orchestrator.Sandbox.Tests;

/// <summary>Changes are told of before and after: a test can pull the plug at either moment.</summary>
public sealed class ChangeTests
{
    private const string Traffic = """{ "configuration": { "ingress": { "traffic": [ { "revisionName": "gateway--one", "weight": 100 } ] } } }""";

    [Fact]
    public async Task A_change_in_a_cloud_is_told_of_before_and_after_it_and_one_that_repeats_another_as_without_effect()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        var told = new List<string>();
        sandbox.Host.Changes.Changing = change =>
        {
            told.Add($"{change.Kind} {change.Place} {Shares()}");
            return true;
        };
        sandbox.Host.Changes.Changed = (change, hasEffect) => told.Add($"{change.Subject[^7..]} {hasEffect} {Shares()}");

        await sandbox.PatchAsync(sandbox.Public, Traffic);
        await sandbox.PatchAsync(sandbox.Public, Traffic);
        await sandbox.ReadAsync(sandbox.Public, ArmRequests.App(sandbox.Public));

        const string Before = "PATCH Microsoft.App/containerApps azure-public/eastus2 1";
        told.ShouldBe([Before, "gateway True 1", Before, "gateway False 1"]);

        int Shares() => sandbox.Public.Apps().Single().Revisions.Count;
    }

    [Fact]
    public async Task A_change_in_a_cloud_that_may_not_happen_leaves_no_trace_and_no_answer()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        sandbox.Host.Changes.Changing = _ => false;
        sandbox.Host.Changes.Changed = (_, _) => throw new InvalidOperationException("Nothing has changed.");

        await Should.ThrowAsync<HttpRequestException>(sandbox.CreateCandidateAsync(sandbox.Public));

        sandbox.Public.Apps().Single().Revisions.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("activate", false)]
    [InlineData("deactivate", true)]
    public async Task A_revision_that_is_switched_to_what_it_is_does_not_change(string action, bool expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.CreateAppAsync(sandbox.Public);
        await sandbox.CreateCandidateAsync(sandbox.Public);
        (string Kind, bool HasEffect)? told = null;
        sandbox.Host.Changes.Changed = (change, hasEffect) => told = (change.Kind, hasEffect);

        await sandbox.ChangeAsync(sandbox.Public, HttpMethod.Post, $"{ArmRequests.App(sandbox.Public)}/revisions/gateway--two/{action}", "{}");

        told.ShouldBe(($"POST Microsoft.App/containerApps/revisions/{action}", expected));
    }

    [Fact]
    public async Task Deployments_and_their_statuses_are_told_of_with_their_environment()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var told = new List<Change>();
        sandbox.Host.Changes.Changed = (change, _) => told.Add(change);
        var deployments = sandbox.Octokit().Repository.Deployment;

        var made = await deployments.Create(OctokitOf.Owner, OctokitOf.Name, OctokitOf.Deployment("v1.0.0", "staging"));
        await deployments.Status.Create(OctokitOf.Owner, OctokitOf.Name, made.Id, new(DeploymentState.Success));

        told.Select(change => (change.Place, change.Kind, change.Subject)).ShouldBe(
            [("github", "POST deployments", "staging"), ("github", "POST deployments/statuses", "staging")]);
        told[1].Body!["state"]!.GetValue<string>().ShouldBe("success");
    }

    [Fact]
    public async Task A_deployment_that_may_not_happen_is_not_there()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        sandbox.Host.Changes.Changing = _ => false;

        await Should.ThrowAsync<HttpRequestException>(sandbox.Octokit().Repository.Deployment.Create(OctokitOf.Owner, OctokitOf.Name, OctokitOf.Deployment("v1.0.0", "staging")));

        sandbox.Host.GitHub.Deployments().ShouldBeEmpty();
    }
}
