using System.Text.Json;
using Orchestrator.Infra;
using Pulumi;
using Pulumi.Testing;

namespace Orchestrator.Local.Provisioning;

/// <summary>Runs the infra program in this process, with mocks in the engine's place.</summary>
internal static class ProgramRunner
{
    private const string ConfigurationVariable = "PULUMI_CONFIG";

    // The SDK runs one program at a time, and reads its configuration from the environment.
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Runs it for one stack and returns its outputs.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="configuration">The stack's configuration, as JSON.</param>
    /// <param name="folder">Where the configurations of the other stacks are.</param>
    /// <param name="mocks">Answers in the engine's place.</param>
    /// <param name="isPreview">Whether nothing is to be made: what only a cloud can tell is unknown then.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn.</param>
    /// <exception cref="RunException">The program refused its configuration.</exception>
    public static async Task<IDictionary<string, object?>> RunAsync(string stack, string configuration, string folder, IMocks mocks, bool isPreview, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        var before = Environment.GetEnvironmentVariable(ConfigurationVariable);
        Environment.SetEnvironmentVariable(ConfigurationVariable, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            [$"{StackProgram.Project}:{StackProgram.ConfigurationKey}"] = configuration,
        }));
        try
        {
            var options = new TestOptions { ProjectName = StackProgram.Project, StackName = stack, IsPreview = isPreview };
            var (_, outputs) = await Deployment.TestAsync(mocks, options, () => StackProgram.Run(TimeProvider.System, folder));
            return outputs;
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigurationVariable, before);
            Turn.Release();
        }
    }
}
