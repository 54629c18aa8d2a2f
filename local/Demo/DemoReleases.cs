using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Releases;
using Orchestrator.Sandbox;

namespace Orchestrator.Local.Demo;

/// <summary>The releases that the demo has at hand: the version that the stacks begin with, and the one that is rolled out.</summary>
internal static class DemoReleases
{
    public const string BaselineVersion = "1.0.0";
    public const string NextVersion = "1.1.0";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The manifest of a version for all stacks, as its <c>release.json</c>; with the models that they begin with where nothing else is said.</summary>
    public static string Manifest(string version, IReadOnlyDictionary<string, DemoModelKind>? models = null)
    {
        var manifest = new JsonObject { ["version"] = version };
        if (models?.Values.Any(kind => kind != DemoModelKind.Same) == true)
        {
            // What changes models is compared between the stacks.
            manifest["parity"] = new JsonObject();
        }

        manifest["stacks"] = new JsonObject(DemoStacks.All.Select(stack => KeyValuePair.Create<string, JsonNode?>(stack.Name, Part(stack, version, models?.GetValueOrDefault(stack.Name) ?? DemoModelKind.Same))));
        return manifest.ToJsonString(Indented);
    }

    /// <summary>Puts the release's images where the simulated clouds pull from: who publishes a release has pushed its images.</summary>
    public static void Register(SandboxHost sandbox, ReleaseManifest manifest)
    {
        foreach (var (stack, part) in manifest.Stacks)
        {
            sandbox.Clouds[SandboxStacks.CloudOf(stack.Value)].Images.Add(new(part.Image.Value, manifest.Version, [.. part.ModelNames()]));
        }
    }

    private static JsonObject Part(DemoStack stack, string version, DemoModelKind kind)
    {
        var part = new JsonObject { ["image"] = Image(stack, version) };
        if (stack.Configuration.ClosedModels.DistinctBy(model => model.Name).ToArray() is { Length: > 0 } closed)
        {
            part["closedModels"] = new JsonArray([.. closed.Select(model => new JsonObject { ["format"] = model.Format, ["name"] = model.Name, ["version"] = DemoModels.VersionOf(model, kind) })]);
        }

        if (stack.Configuration.OpenModels.DistinctBy(model => model.Name).ToArray() is { Length: > 0 } open)
        {
            part["openWeights"] = new JsonArray([.. open.Select(model => Weights(DemoModels.WeightsOf(model, kind)))]);
        }

        return part;
    }

    // The same repository as the stack's own image, so that the release differs from it by its digest alone.
    private static string Image(DemoStack stack, string version) => version == BaselineVersion
        ? stack.Configuration.Image.Value
        : $"{stack.Configuration.Image.Value[..^64]}{Hex($"{stack.Name} {version}", 64)}";

    private static JsonObject Weights(OpenWeights weights) => new()
    {
        ["name"] = weights.Name,
        ["repository"] = weights.Repository,
        ["revision"] = weights.Revision.Value,
        ["license"] = weights.License,
        ["files"] = new JsonArray([.. weights.Files.Select(file => new JsonObject { ["path"] = file.Path, ["size"] = file.Size, ["sha256"] = file.Sha256.Value })]),
    };

    /// <summary>So many hexadecimal digits that look like chance.</summary>
    public static string Hex(string seed, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..digits];
}
