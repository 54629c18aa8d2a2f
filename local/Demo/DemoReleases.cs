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

    private const long FileSize = 5_234_139_343;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The manifest of a version for all stacks, as its <c>release.json</c>.</summary>
    public static string Manifest(string version) => new JsonObject
    {
        ["version"] = version,
        ["stacks"] = new JsonObject(DemoStacks.All.Select(stack => KeyValuePair.Create<string, JsonNode?>(stack.Name, Part(stack, version)))),
    }.ToJsonString(Indented);

    /// <summary>Puts the release's images where the simulated clouds pull from: who publishes a release has pushed its images.</summary>
    public static void Register(SandboxHost sandbox, ReleaseManifest manifest)
    {
        foreach (var (stack, part) in manifest.Stacks)
        {
            sandbox.Clouds[SandboxStacks.CloudOf(stack.Value)].Images.Add(new(part.Image.Value, manifest.Version, [.. part.ModelNames()]));
        }
    }

    private static JsonObject Part(DemoStack stack, string version)
    {
        var part = new JsonObject { ["image"] = Image(stack, version) };
        if (stack.Configuration.ClosedModels.DistinctBy(model => model.Name).ToArray() is { Length: > 0 } closed)
        {
            part["closedModels"] = new JsonArray([.. closed.Select(model => new JsonObject { ["format"] = model.Format, ["name"] = model.Name, ["version"] = model.Version })]);
        }

        if (stack.Configuration.OpenModels.DistinctBy(model => model.Name).ToArray() is { Length: > 0 } open)
        {
            part["openWeights"] = new JsonArray([.. open.Select(Weights)]);
        }

        return part;
    }

    // The same repository as the stack's own image, so that the release differs from it by its digest alone.
    private static string Image(DemoStack stack, string version) => version == BaselineVersion
        ? stack.Configuration.Image.Value
        : $"{stack.Configuration.Image.Value[..^64]}{Hex($"{stack.Name} {version}", 64)}";

    private static JsonObject Weights(OpenModelConfiguration model) => new()
    {
        ["name"] = model.Name,
        ["repository"] = model.Weights.Repository,
        ["revision"] = model.Weights.Revision!.Value,
        ["license"] = model.Weights.License,
        ["files"] = new JsonArray(new JsonObject
        {
            ["path"] = "model-00001-of-00001.safetensors",
            ["size"] = FileSize,
            ["sha256"] = model.Weights.Digest!.Value,
        }),
    };

    private static string Hex(string seed, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..digits];
}
