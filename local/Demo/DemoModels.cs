using System.Text;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models;
using Orchestrator.Sandbox.Weights;

namespace Orchestrator.Local.Demo;

/// <summary>The models of the demo: those that the stacks begin with, better ones and worse ones, each with its weights on the hub or its version on offer.</summary>
internal static class DemoModels
{
    private const string NextVersion = "2026-10-01";
    private const string WorseVersion = "2026-11-05";
    private const double PoorQuality = 0.6;
    private const long ShardSize = 1_000_000;
    private const string FirstShard = "model-00001-of-00002.safetensors";
    private const string SecondShard = "model-00002-of-00002.safetensors";

    private static readonly Lazy<IReadOnlyDictionary<(string, DemoModelKind), DemoWeights>> All = new(() => DemoStacks.All
        .SelectMany(stack => stack.Configuration.OpenModels)
        .DistinctBy(model => model.Name)
        .SelectMany(model => Enum.GetValues<DemoModelKind>().Where(kind => kind != DemoModelKind.Corrupt).Select(kind => Make(model, kind)))
        .ToDictionary(made => (made.Weights.Name, made.Kind)));

    /// <summary>The version of a closed model that a release brings.</summary>
    public static string VersionOf(ClosedModelConfiguration model, DemoModelKind kind) => kind switch
    {
        DemoModelKind.Same => model.Version!,
        DemoModelKind.Worse => WorseVersion,
        _ => NextVersion,
    };

    /// <summary>The weights that a release brings for an open model.</summary>
    public static OpenWeights WeightsOf(OpenModelConfiguration model, DemoModelKind kind) =>
        All.Value[(model.Name, kind == DemoModelKind.Corrupt ? DemoModelKind.Next : kind)].Weights;

    /// <summary>What the external cluster of an environment calls the server of a model.</summary>
    public static string ServerOf(string environment, string model) => $"{environment}-{model}".Replace('.', '-');

    /// <summary>What a stack's cloud has: of closed models also a version that is worse.</summary>
    public static CloudOffer OfferOf(DemoStack stack)
    {
        var offer = stack.Configuration.IsInChina ? CloudOffer.AzureChina : CloudOffer.AzurePublic;
        return offer with
        {
            ClosedModels = [.. offer.ClosedModels, .. offer.ClosedModels.DistinctBy(model => model.Name).Select(model => model with { Version = WorseVersion })],
        };
    }

    /// <summary>Puts weights on the hubs, models behind names, and lets the clusters' operators serve whatever is staged.</summary>
    public static void Prepare(SandboxHost sandbox, IEnumerable<DemoStack> stacks)
    {
        foreach (var stack in stacks)
        {
            var cloud = sandbox.Clouds[stack.Cloud];
            foreach (var model in cloud.Models.All.Where(model => model.Version == WorseVersion))
            {
                cloud.Models.Add(model with { Quality = PoorQuality });
            }

            foreach (var made in stack.Configuration.OpenModels.Select(model => model.Name).Distinct().SelectMany(name => All.Value.Values.Where(made => made.Weights.Name == name)))
            {
                cloud.Hub.Add(made.Weights.Repository, made.Weights.Revision.Value, made.Files);
                cloud.Models.Add(SandboxModel.Open(made.Weights.Name, made.Weights.Digest().Value, made.Kind == DemoModelKind.Worse ? PoorQuality : 1));
            }

            foreach (var environment in stack.Configuration.Environments)
            {
                foreach (var model in environment.Waves.SelectMany(wave => wave.Regions).SelectMany(region => region.OpenModels).Where(model => model.Serving == ServingKind.External).DistinctBy(model => model.Name))
                {
                    Serve(cloud, ServerOf(environment.Name.Value, model.Name), model);
                }
            }
        }
    }

    /// <summary>From now on one bit of the weights that come from the hubs is wrong.</summary>
    public static void Corrupt(SandboxCloud cloud) => cloud.Hub.SetFault(FirstShard, new() { FlippedAt = ShardSize / 2 });

    private static void Serve(SandboxCloud cloud, string server, OpenModelConfiguration model)
    {
        cloud.External.Serve(server, new(model.Name, model.Weights.Digest!.Value));
        cloud.External.FollowStorage(server, digest => All.Value.Values.Any(made => made.Weights.Name == model.Name && made.Weights.Digest().Value == digest)
            ? new($"{model.Name}-{digest[..12]}", digest)
            : null);
    }

    private static DemoWeights Make(OpenModelConfiguration model, DemoModelKind kind)
    {
        var repository = model.Weights.Repository;
        var revision = kind == DemoModelKind.Same ? model.Weights.Revision!.Value : DemoReleases.Hex($"{kind} {repository}", 40);
        var seed = Convert.ToInt64(DemoReleases.Hex($"{repository} {revision}", 15), 16);
        HubFile[] files =
        [
            Text("config.json", $$"""{"model_type":"{{model.Name}}","torch_dtype":"float8_e4m3fn","revision":"{{revision}}"}"""),
            Text("tokenizer.json", """{"version":"1.0","model":{"type":"BPE"}}"""),
            Text("tokenizer_config.json", """{"chat_template":"{% for message in messages %}{{ message['content'] }}{% endfor %}"}"""),
            Text("LICENSE", $"{model.Weights.License}\n"),
            Text("model.safetensors.index.json", $$$"""{"metadata":{"total_size":{{{2 * ShardSize}}}},"weight_map":{"embed":"{{{FirstShard}}}","head":"{{{SecondShard}}}"}}"""),
            new(FirstShard, HubContent.Generated(ShardSize, seed)),
            new(SecondShard, HubContent.Generated(ShardSize, seed + 1)),
        ];
        var listed = files.Select(file => new WeightsFile(file.Path, file.Content.Size, Identifier.Parse<Sha256Digest>(file.Content.Sha256))).ToArray();
        return new(kind, new(model.Name, repository, Identifier.Parse<CommitSha>(revision), model.Weights.License!, listed), files);
    }

    private static HubFile Text(string path, string text) => new(path, HubContent.Of(Encoding.UTF8.GetBytes(text)), IsLarge: false);

    private sealed record DemoWeights(DemoModelKind Kind, OpenWeights Weights, IReadOnlyList<HubFile> Files);
}

/// <summary>Which models a release of the demo brings.</summary>
internal enum DemoModelKind
{
    /// <summary>Those that serve already.</summary>
    Same,

    /// <summary>Newer ones, as good.</summary>
    Next,

    /// <summary>Newer ones, clearly worse.</summary>
    Worse,

    /// <summary>The newer ones, with a wrong bit in what the hub delivers; for closed models as <see cref="Next"/>.</summary>
    Corrupt,
}
