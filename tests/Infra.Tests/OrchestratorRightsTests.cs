using System.Collections.Immutable;
using Pulumi.Testing;

namespace Orchestrator.Infra.Tests;

/// <summary>The orchestrator may update the regions' gateways, change what serves their models, and read; nothing more.</summary>
public sealed class OrchestratorRightsTests
{
    private const string Stack = "china-open";

    [Fact]
    public async Task Each_role_of_our_own_has_its_actions_one_by_one()
    {
        var roles = (await Programs.RunAsync(Programs.Shipped(Stack))).Azure.Of("azure-native:authorization/v20220401:RoleDefinition").ToDictionary(one => one.Name!, Actions);

        roles[$"{Stack}-watches"].ShouldBe(["Microsoft.App/containerApps/read", "Microsoft.App/containerApps/revisions/read", "Microsoft.Insights/metrics/read", "Microsoft.Storage/storageAccounts/read"]);
        roles[$"{Stack}-rolls-out"].ShouldBe(["Microsoft.App/containerApps/write", "Microsoft.App/containerApps/revisions/activate/action", "Microsoft.App/containerApps/revisions/deactivate/action"]);
        roles[$"{Stack}-sees-subscription"].ShouldBe(["Microsoft.Resources/subscriptions/read", "Microsoft.CognitiveServices/locations/usages/read"]);
        var actions = roles.Values.SelectMany(actions => actions).ToArray();
        actions.ShouldAllBe(action => !action.Contains('*'));
        actions.Where(action => action.EndsWith("/delete", StringComparison.Ordinal)).ShouldBe(
            ["Microsoft.CognitiveServices/accounts/deployments/delete", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/delete"],
            ignoreOrder: true);
    }

    [Fact]
    public async Task It_changes_only_gateways_with_what_they_run_in_and_has_only_what_is_its_own_beside_them()
    {
        var run = await Programs.RunAsync(Programs.Shipped(Stack));

        var grants = run.Azure.Of("azure-native:authorization/v20220401:RoleAssignment")
            .Where(one => (string)one.Inputs["principalId"] == RecordingAzure.PrincipalOf($"{Stack}-orchestrator-identity"))
            .Select(one => $"{Role(one)} on {Scope(one)}")
            .ToArray();

        string[] places = ["production-chinaeast3", "production-chinanorth2", "production-chinanorth3", "staging-chinaeast2"];
        grants.ShouldBe(
            places.SelectMany(place => new[]
            {
                $"watches on ResourceGroup {place}-group",
                $"rolls-out on ContainerApp {place}-gateway",
                $"runs-with on ManagedEnvironment {place}-apps",
                $"runs-with on UserAssignedIdentity {place}-identity",
                $"blob data contributor on StorageAccount {place}-weights",
            }).Concat(
            [
                "blob data owner on StorageAccount orchestrator-state",
                "queue data contributor on StorageAccount orchestrator-state",
                "table data contributor on StorageAccount orchestrator-state",
                "secrets user on Vault orchestrator-vault",
                "metrics publisher on Component orchestrator-telemetry",
                "sees-subscription on the subscription",
            ]),
            ignoreOrder: true);
    }

    private static string Role(MockResourceArgs grant) => ((string)grant.Inputs["roleDefinitionId"]).Split('/')[^1] switch
    {
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" => "blob data owner",
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe" => "blob data contributor",
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88" => "queue data contributor",
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3" => "table data contributor",
        "4633458b-17de-408a-b874-0445c86b69e6" => "secrets user",
        "3913510d-42f4-4e42-8a64-420c390055eb" => "metrics publisher",
        var own => own.Replace($"{Stack}-", string.Empty, StringComparison.Ordinal),
    };

    // A recorded id is /TYPE/NAME.
    private static string Scope(MockResourceArgs grant) => (string)grant.Inputs["scope"] is var scope && scope.StartsWith("/subscriptions/", StringComparison.Ordinal)
        ? "the subscription"
        : $"{scope.Split(':')[^1].Split('/')[0]} {scope.Split('/')[^1].Replace($"{Stack}-", string.Empty, StringComparison.Ordinal)}";

    private static string[] Actions(MockResourceArgs role) =>
        [.. ((ImmutableArray<object>)((ImmutableDictionary<string, object>)((ImmutableArray<object>)role.Inputs["permissions"]).ShouldHaveSingleItem())["actions"]).Cast<string>()];
}
