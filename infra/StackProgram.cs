using Orchestrator.Core.Compliance;
using Orchestrator.Core.Configurations;
using Orchestrator.Infra.Components;
using Orchestrator.Infra.Configuration;
using Pulumi;

namespace Orchestrator.Infra;

/// <summary>The program: one Pulumi stack for one model stack, from nothing but its configuration.</summary>
public static class StackProgram
{
    /// <summary>The project's name, under which its configuration stands.</summary>
    public const string Project = "dual-stack";

    /// <summary>The key of the stack's configuration.</summary>
    public const string ConfigurationKey = "stack";

    /// <summary>Builds the stack and returns its outputs: <c>topology</c>, <c>healthEndpoints</c>, <c>orchestratorUrl</c>.</summary>
    /// <param name="time">The clock: rules apply from a day on, and declarations grow old.</param>
    /// <param name="folder">Where the configurations of the other stacks are: what is shared with one of them is refused.</param>
    /// <exception cref="RunException">The configuration is not one that may be built; every problem is listed.</exception>
    public static IDictionary<string, object?> Run(TimeProvider time, string folder)
    {
        var config = new Config(Project);
        var others = SiblingConfigurations.Read(folder, Deployment.Instance.StackName);
        var (stack, warnings) = Review(config.Require(ConfigurationKey), others, time);
        foreach (var warning in warnings)
        {
            Log.Warn(warning.ToString());
        }

        return Build(stack, new(config.GetSecret("webhookSecret"), config.Get("gitHubAppId"), config.GetSecret("gitHubPrivateKey")));
    }

    /// <summary>The configuration, once it has no problem and breaks no rule; and what rules only warn of.</summary>
    /// <exception cref="RunException">It has problems; all of them are listed.</exception>
    public static (StackConfiguration Stack, IReadOnlyList<ComplianceFinding> Warnings) Review(string json, IReadOnlyList<StackConfiguration> others, TimeProvider time)
    {
        var parsed = StackConfigurationParser.Parse(json);
        if (!parsed.IsValid)
        {
            throw Refusal(parsed.Problems.Select(problem => problem.ToString()));
        }

        ArgumentNullException.ThrowIfNull(time);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var findings = ComplianceRules.Check(new(parsed.Value, others, today)).ToLookup(finding => finding.Level);
        return findings.Contains(ComplianceLevel.Error)
            ? throw Refusal(findings[ComplianceLevel.Error].Select(finding => finding.ToString()))
            : (parsed.Value, [.. findings[ComplianceLevel.Warn]]);
    }

    private static Dictionary<string, object?> Build(StackConfiguration configuration, GitHubSecrets gitHub)
    {
        var stack = new ModelStack(configuration, gitHub);
        return new()
        {
            ["topology"] = stack.Topology,
            ["healthEndpoints"] = stack.HealthEndpoints,
            ["orchestratorUrl"] = stack.OrchestratorUrl,
        };
    }

    private static RunException Refusal(IEnumerable<string> problems)
    {
        var all = problems.ToArray();
        return new($"The configuration {Project}:{ConfigurationKey} has {all.Length} {(all.Length == 1 ? "problem" : "problems")}; nothing was built.\n{string.Join('\n', all.Select(problem => $"  {problem}"))}");
    }
}
