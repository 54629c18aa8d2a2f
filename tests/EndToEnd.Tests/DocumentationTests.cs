using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Analysis;
using Orchestrator.Core.Compliance;
using Orchestrator.Core.Lanes;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions;
using Orchestrator.Functions.Settings;
using Orchestrator.Local.Commands;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The documents say what the code does: examples work as they are, and nothing that a user can set or call is left out.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_topology_that_is_shown_works_as_it_is() =>
        TopologyParser.Parse(Example("configuration.md")).Problems.ShouldBeEmpty();

    [Fact]
    public void The_manifest_that_is_shown_works_as_it_is() =>
        ReleaseManifestParser.Parse(Example("release-manifest.md")).Problems.ShouldBeEmpty();

    [Fact]
    public void The_parity_demand_that_is_shown_works_as_it_is()
    {
        var manifest = JsonNode.Parse(Example("release-manifest.md"))!;
        manifest["parity"] = JsonNode.Parse(Example("parity.md"))!["parity"]!.DeepClone();

        ReleaseManifestParser.Parse(manifest.ToJsonString()).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Every_setting_is_explained() =>
        Constants(typeof(SettingNames)).Cast<string>().ShouldAllBe(name => Text("docs/configuration.md").Contains($"`{name}`", StringComparison.Ordinal));

    [Fact]
    public void Every_address_is_explained() =>
        typeof(OrchestratorBuilder).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
            .Select(trigger => $"`{trigger.Methods![0].ToUpperInvariant()} /api/{Constraint().Replace(trigger.Route!, "}")}`")
            .ShouldAllBe(address => Text("docs/operations.md").Contains(address, StringComparison.Ordinal));

    [Fact]
    public void Every_exit_code_is_explained() =>
        Constants(typeof(ExitCodes)).ShouldAllBe(code => Text("docs/operations.md").Contains($"| {code} |", StringComparison.Ordinal));

    [Fact]
    public void Every_fault_is_named_where_faults_are_set() =>
        FaultKinds.Names.ShouldAllBe(kind => Text("README.md").Contains(kind, StringComparison.Ordinal) && Text("docs/sandbox.md").Contains($"`{kind}`", StringComparison.Ordinal));

    [Fact]
    public void Every_rule_is_explained_with_its_reason_and_source() =>
        ComplianceRules.All.ShouldAllBe(rule => Text("docs/infrastructure.md").Contains($"| `{rule.Id}` | {(rule.LeavesRoom ? "yes" : "")} | {rule.Reason} | {rule.Source} |", StringComparison.Ordinal));

    [Fact]
    public void Every_property_of_the_shipped_stacks_is_explained()
    {
        var explained = Code().Matches(Text("docs/infrastructure.md") + Text("docs/configuration.md") + Text("docs/rollouts.md")).SelectMany(match => Word().Matches(match.Value)).Select(match => match.Value).ToHashSet();

        DemoStacks.All.SelectMany(stack => Properties(JsonNode.Parse(stack.Json))).Distinct().Except(explained).ShouldBeEmpty();
    }

    [Fact]
    public void Every_policy_of_a_rollout_is_explained() =>
        new[] { typeof(WaveDefinition), typeof(RolloutPolicy), typeof(TrafficStep), typeof(PhaseLimits), typeof(LanePolicy), typeof(AnalysisPolicy), typeof(MetricPolicy), typeof(GatePolicy) }
            .SelectMany(type => type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters())
            .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!))
            .ShouldAllBe(property => Text("docs/rollouts.md").Contains(property, StringComparison.Ordinal));

    [Fact]
    public void The_state_diagram_shows_what_the_code_allows()
    {
        var steps = Enum.GetValues<RegionStep>();
        var allowed = steps.SelectMany(step => steps.Where(next => step.CanBecome(next)).Select(next => $"{step} --> {next}"))
            .Append($"[*] --> {RegionStep.Pending}")
            .Concat(steps.Where(step => step.IsTerminal()).Select(step => $"{step} --> [*]"));

        Transition().Matches(Text("docs/rollouts.md")).Select(match => match.Value.Trim()).ShouldBe(allowed, ignoreOrder: true);
    }

    [Fact]
    public void The_workflow_brings_up_every_shipped_stack_and_takes_no_secret()
    {
        var workflow = Text(".github/workflows/infra.yml");

        WorkflowStack().Matches(workflow).Select(match => match.Groups["name"].Value).ShouldBe(DemoStacks.Names, ignoreOrder: true);
        workflow.ShouldNotContain("secrets.");
    }

    [Fact]
    public void Actions_are_pinned_to_commits() =>
        Directory.EnumerateFiles(RepositoryFolder.Of(".github", "workflows")).SelectMany(File.ReadLines).Where(line => line.Contains("uses:", StringComparison.Ordinal))
            .ShouldAllBe(line => PinnedAction().IsMatch(line));

    [Fact]
    public void Links_within_the_repository_lead_somewhere()
    {
        var broken =
            from document in Directory.EnumerateFiles(RepositoryFolder.Of("docs"), "*.md").Concat(Readmes.Select(path => RepositoryFolder.Of(path.Split('/'))))
            from link in Link().Matches(File.ReadAllText(document))
            let target = link.Groups["target"].Value
            where !target.StartsWith("https://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
            select $"{Path.GetFileName(document)}: {target}";

        broken.ShouldBeEmpty();
    }

    private static string[] Readmes => ["README.md", "infra/README.md", "standins/README.md"];

    private static IEnumerable<string> Properties(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(item => Properties(item.Value).Prepend(item.Key)),
        JsonArray list => list.SelectMany(Properties),
        _ => [],
    };

    private static IEnumerable<object?> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => field.GetRawConstantValue());

    private static string Example(string document) => Json().Match(Text($"docs/{document}")).Groups["json"].Value;

    private static string Text(string path) => File.ReadAllText(RepositoryFolder.Of(path.Split('/')));

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^ +\S+ --> \S+$", RegexOptions.Multiline)]
    private static partial Regex Transition();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"- stack: (?<name>\S+)")]
    private static partial Regex WorkflowStack();

    [GeneratedRegex(@"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d")]
    private static partial Regex PinnedAction();

    // A route's constraint up to the end of its parameter.
    [GeneratedRegex(@":[^/]*\}")]
    private static partial Regex Constraint();
}
