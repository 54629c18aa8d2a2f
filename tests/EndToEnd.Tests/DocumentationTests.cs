using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions;
using Orchestrator.Functions.Settings;
using Orchestrator.Local.Commands;
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
    public void Links_within_the_repository_lead_somewhere()
    {
        var broken =
            from document in Directory.EnumerateFiles(RepositoryFolder.Of("docs"), "*.md").Append(RepositoryFolder.Of("README.md"))
            from link in Link().Matches(File.ReadAllText(document))
            let target = link.Groups["target"].Value
            where !target.StartsWith("https://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
            select $"{Path.GetFileName(document)}: {target}";

        broken.ShouldBeEmpty();
    }

    private static IEnumerable<object?> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => field.GetRawConstantValue());

    private static string Example(string document) => Json().Match(Text($"docs/{document}")).Groups["json"].Value;

    private static string Text(string path) => File.ReadAllText(RepositoryFolder.Of(path.Split('/')));

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)")]
    private static partial Regex Link();

    // A route's constraint up to the end of its parameter.
    [GeneratedRegex(@":[^/]*\}")]
    private static partial Regex Constraint();
}
