using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Infra.Configuration;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Orchestrator.Infra.Tests;

/// <summary>Runs the program as the engine would: from its configuration alone.</summary>
internal static class Programs
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "infra");

    /// <summary>The configuration of a stack that ships with the program.</summary>
    public static JsonObject Shipped(string stack) =>
        JsonNode.Parse(PulumiYaml.Read(File.ReadAllText(Path.Combine(Folder, $"Pulumi.{stack}.yaml")))["dual-stack:stack"])!.AsObject();

    public static async Task<ProgramRun> RunAsync(JsonObject configuration, params (string Key, string Value)[] more)
    {
        var all = more.Append(("stack", configuration.ToJsonString())).ToDictionary(item => $"{StackProgram.Project}:{item.Item1}", item => item.Item2);
        var azure = new RecordingAzure();
        var stack = configuration["name"]?.ToString() ?? "unnamed";
        var seen = new List<ResourceTransformationArgs>();
        WatchedProgram.Watch(seen);
        var before = Environment.GetEnvironmentVariable("PULUMI_CONFIG");
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", JsonSerializer.Serialize(all));
        try
        {
            var resources = await Deployment.TestAsync<WatchedProgram>(azure, new TestOptions { ProjectName = StackProgram.Project, StackName = stack, IsPreview = false });
            return new(azure, seen, resources.OfType<WatchedProgram>().Single().Results);
        }
        catch (RunException refused)
        {
            return new(azure, seen, new Dictionary<string, object?>()) { Refusal = refused.Message };
        }
        finally
        {
            Environment.SetEnvironmentVariable("PULUMI_CONFIG", before);
        }
    }
}

/// <summary>What a program did.</summary>
/// <param name="Azure">What it asked for.</param>
/// <param name="Seen">All resources, components among them, with their parents and options.</param>
/// <param name="Outputs">What came out.</param>
internal sealed record ProgramRun(RecordingAzure Azure, IReadOnlyList<ResourceTransformationArgs> Seen, IDictionary<string, object?> Outputs)
{
    public string? Refusal { get; init; }

    /// <summary>A resource as the program asked for it.</summary>
    public ResourceTransformationArgs this[string type, string name] =>
        Seen.Single(one => one.Resource.GetResourceType() == type && one.Resource.GetResourceName() == name);

    public Task<string> TopologyAsync() => OutputUtilities.GetValueAsync((Output<string>)Outputs["topology"]!);
}
