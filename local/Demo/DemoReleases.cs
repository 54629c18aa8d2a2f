using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Local.Demo;

/// <summary>The releases that the demo has at hand: the baseline, and the one that is rolled out.</summary>
internal static class DemoReleases
{
    public const string BaselineVersion = "1.0.0";
    public const string NextVersion = "1.1.0";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The manifest of a version, as its <c>release.json</c>.</summary>
    public static string Manifest(string version) => new JsonObject
    {
        ["version"] = version,
        ["stacks"] = new JsonObject
        {
            [DemoTopology.UsClosed] = new JsonObject
            {
                ["image"] = Image(DemoTopology.UsClosed, version),
                ["closedModels"] = new JsonArray(new JsonObject { ["format"] = "OpenAI", ["name"] = "gpt-5", ["version"] = "2026-08-07" }),
            },
            [DemoTopology.ChinaOpen] = new JsonObject
            {
                ["image"] = Image(DemoTopology.ChinaOpen, version),
                ["openWeights"] = new JsonArray(new JsonObject
                {
                    ["name"] = "deepseek-v4-flash",
                    ["repository"] = "deepseek-ai/DeepSeek-V4-Flash",
                    ["revision"] = Hex("deepseek-v4-flash", 40),
                    ["license"] = "MIT",
                    ["files"] = new JsonArray(new JsonObject
                    {
                        ["path"] = "model-00001-of-00001.safetensors",
                        ["size"] = 5_234_139_343,
                        ["sha256"] = Hex("model-00001-of-00001.safetensors", 64),
                    }),
                }),
            },
        },
    }.ToJsonString(Indented);

    private static string Image(string stack, string version) =>
        $"contoso.azurecr.{(stack == DemoTopology.ChinaOpen ? "cn" : "io")}/gateway@sha256:{Hex($"{stack} {version}", 64)}";

    private static string Hex(string seed, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..digits];
}
