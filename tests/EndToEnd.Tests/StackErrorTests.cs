using System.Security.Cryptography.X509Certificates;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Outbound;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What is said when a stack's cloud will not have us.</summary>
public sealed class StackErrorTests
{
    [Fact]
    public async Task A_sign_in_that_fails_names_the_region_and_what_the_authority_said_and_no_secret()
    {
        await using var world = await World.StartAsync();
        var stack = world.Demo.Topology.Stacks.Single(one => one.Name.Value == DemoStacks.ChinaOpen);
        using var connections = new StackConnections([new(stack, "not-the-secret", () => OutboundHandlers.Create(Roots(world)))]);
        var target = new RegionTarget(stack.Name, stack.Environments[0].Name, stack.Environments[0].Regions.First());

        var failure = await Should.ThrowAsync<StackUnavailableException>(
            new ContainerApps(connections, TimeProvider.System).ReadAsync(target, TestContext.Current.CancellationToken));

        failure.Message.ShouldStartWith($"{target}: reading the container app: signing in failed: ClientSecretCredential authentication failed: ");
        failure.Message.ShouldContain("AADSTS7000215");
        failure.ToString().ShouldNotContain("not-the-secret");
    }

    private static X509Certificate2Collection Roots(World world)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(world.Demo.Sandbox.CertificateAuthorityPem);
        return roots;
    }
}
