using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Infra.Configuration;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Orchestrator.Infra.Tests;

/// <summary>Runs the program as the engine would: from its configuration alone.</summary>
internal static class Programs
{
    // A day on which what ships is fresh.
    private static readonly DateTimeOffset Today = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "infra");

    /// <summary>The configuration of a stack that ships with the program.</summary>
    public static JsonObject Shipped(string stack) =>
        JsonNode.Parse(PulumiYaml.Read(File.ReadAllText(Path.Combine(Folder, $"Pulumi.{stack}.yaml")))["dual-stack:stack"])!.AsObject();

    public static async Task<ProgramRun> RunAsync(JsonObject configuration, params (string Key, string Value)[] more)
    {
        var all = more.Append(("stack", configuration.ToJsonString())).ToDictionary(item => $"{StackProgram.Project}:{item.Item1}", item => item.Item2);
        var azure = new RecordingAzure();
        var stack = configuration["name"]?.ToString() ?? "unnamed";
        var before = Environment.GetEnvironmentVariable("PULUMI_CONFIG");
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", JsonSerializer.Serialize(all));
        try
        {
            var (resources, outputs) = await Deployment.TestAsync(
                azure,
                new TestOptions { ProjectName = StackProgram.Project, StackName = stack, IsPreview = false },
                () => StackProgram.Run(new FakeTimeProvider(Today), Folder));
            return new(azure, resources, outputs);
        }
        catch (RunException refused)
        {
            return new(azure, [], new Dictionary<string, object?>()) { Refusal = refused.Message };
        }
        finally
        {
            Environment.SetEnvironmentVariable("PULUMI_CONFIG", before);
        }
    }
}

/// <summary>What a program did.</summary>
/// <param name="Azure">What it asked for.</param>
/// <param name="Resources">The resources, with their URNs.</param>
/// <param name="Outputs">What came out.</param>
internal sealed record ProgramRun(RecordingAzure Azure, IReadOnlyList<Resource> Resources, IDictionary<string, object?> Outputs)
{
    public string? Refusal { get; init; }

    public Task<string> TopologyAsync() => OutputUtilities.GetValueAsync((Output<string>)Outputs["topology"]!);
}
