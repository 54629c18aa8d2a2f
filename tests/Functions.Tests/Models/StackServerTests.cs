using System.Text.Json.Nodes;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Tests.Models;

/// <summary>What a release gets that says nothing of a server.</summary>
public sealed class StackServerTests
{
    [Theory]
    [InlineData("Succeeded", "raised")]
    [InlineData("Updating", "raised")]
    [InlineData("Failed", "noted")]
    [InlineData("Canceled", "noted")]
    public void An_image_that_was_raised_counts_unless_its_server_did_not_come_up(string state, string container)
    {
        var serving = Server("w-bbbbbbbbbbbb", "orchestrator", "made", "Succeeded");
        serving["properties"]!["properties"] = new JsonObject { ["own-server"] = "blue", ["own-environment"] = "noted" };

        StackServer.Of(serving, [serving, Server("blue", "pulumi", "raised", state)]).Container.ShouldBe(container);
    }

    private static JsonObject Server(string name, string maker, string container, string state) => new()
    {
        ["name"] = name,
        ["tags"] = new JsonObject { ["managed-by"] = maker },
        ["properties"] = new JsonObject { ["environmentId"] = container, ["provisioningState"] = state },
    };
}
