using Orchestrator.Core.Analysis;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Core.Watch;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Parity;

namespace Orchestrator.Functions.Tests.Parity;

/// <summary>Which models an order holds for those of the release.</summary>
public sealed class ParityOrderTests
{
    private static readonly WeightsServer Server = new(null, ["--max-num-seqs", "8"]);

    private static readonly OpenWeights Flash = new("flash", "deepseek-ai/flash", Identifier.Parse<CommitSha>(new string('c', 40)), "MIT", [new("config.json", 1, Sha256Digest.Of("a file"u8))]);

    [Fact]
    public void Weights_are_pinned_with_the_server_that_the_release_brings_where_it_brings_one()
    {
        var digest = Flash.Digest().Value;

        Identities(Flash, ServingKind.Azureml).ShouldBe([digest]);
        Identities(Flash with { Server = Server }, ServingKind.Azureml).ShouldBe([$"{digest}+{ModelPlanner.ServerDigestOf(Server)}"]);
        Identities(Flash with { Server = Server }, ServingKind.External).ShouldBe([digest], "a cluster's server is its operator's");
        Identities(Flash with { Server = Server }, ServingKind.Azureml, ServingKind.External).ShouldBe([$"{digest}+{ModelPlanner.ServerDigestOf(Server)}", digest]);
    }

    private static IReadOnlyList<string>? Identities(OpenWeights weights, params ServingKind[] servings)
    {
        var name = Identifier.Parse<StackName>("cn-open");
        var stack = new StackDefinition(name, null!, Guid.Empty, Guid.Empty, new(default), [.. servings.Select((serving, number) => Environment($"stage-{number}", serving))]);
        var image = Identifier.Parse<ImageReference>($"contoso.azurecr.cn/gateway@sha256:{new string('d', 64)}");
        var manifest = new ReleaseManifest("1.1.0", new Dictionary<StackName, StackManifest> { [name] = new(image, [], [weights], null, null) }, Parity: ParityDemand.Default);
        var key = new ReleaseKey(Identifier.Parse<RepositoryName>("contoso/gateway"), Identifier.Parse<ReleaseTag>("v1.1.0"), 1);
        var order = ParityOrder.Of(new(key, Identifier.Parse<CommitSha>(new string('e', 40)), new("https://github.example/"), manifest, Sha256Digest.Of("the manifest"u8), null), [stack]);
        return order.ShouldNotBeNull().Own.ShouldHaveSingleItem().Identities;
    }

    private static EnvironmentDefinition Environment(string name, ServingKind serving)
    {
        var slot = new OpenModelSlot("flash", serving, new(AcceleratorVendor.Ascend, "Atlas 800 A3", null, 1));
        var region = new RegionDefinition(Identifier.Parse<RegionName>("chinaeast2"), Identifier.Parse<ResourceGroupName>("rg"), Identifier.Parse<ContainerAppName>("gateway"), new(null, "st", [slot]));
        return new(
            Identifier.Parse<EnvironmentName>(name),
            [new(Identifier.Parse<WaveName>("all"), [region], TimeSpan.Zero)],
            RolloutPolicy.Default,
            VerificationPolicy.Default,
            AnalysisPolicy.Default,
            LanePolicy.Default,
            DriftAction.Report);
    }
}
