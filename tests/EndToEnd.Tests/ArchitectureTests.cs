using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions;
using Orchestrator.Sandbox;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What must stay true of the code's shape, whoever changes it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Functions = typeof(OrchestratorBuilder).Assembly;

    // Calendars and time zones are data: the libraries that know them talk to nobody either.
    [Fact]
    public void Core_depends_on_the_runtime_and_calendars_alone() =>
        typeof(Topology).Assembly.GetReferencedAssemblies().ShouldAllBe(name => name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name == "Ical.Net" || name.Name == "NodaTime");

    [Fact]
    public void The_function_app_and_the_sandbox_do_not_know_each_other()
    {
        Ours(Functions).ShouldBe(["Orchestrator.Core"]);
        Ours(typeof(SandboxHost).Assembly).ShouldBeEmpty();
    }

    [Fact]
    public void Orchestrators_are_where_the_rules_for_replayed_code_hold()
    {
        var sources = Sources().ToArray();

        sources.Count(source => source.IsWorkflow).ShouldBeGreaterThan(3);
        sources.Where(source => source.Text.Contains("[OrchestrationTrigger]", StringComparison.Ordinal)).ShouldAllBe(source => source.IsWorkflow);
    }

    [Fact]
    public void Replayed_code_has_no_clock_no_chance_no_threads_and_no_world() =>
        Sources().Where(source => source.IsWorkflow)
            .SelectMany(source => Unrepeatable().Matches(source.Text).Select(match => $"{source.Name}: {match.Value}"))
            .ShouldBeEmpty();

    [Fact]
    public void Changed_workflows_have_a_version_of_their_own()
    {
        // A run that an older build began is replayed by this one: code that would act otherwise has to ask context.Version.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Sources().Where(source => source.IsWorkflow)
            .OrderBy(source => source.Name, StringComparer.Ordinal)
            .Select(source => $"{source.Name}\n{source.Text.ReplaceLineEndings("\n")}"))));
        var version = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("host.json")))!["extensions"]!["durableTask"]!["defaultVersion"]!.GetValue<string>();

        File.ReadLines(RepositoryFolder.Of("functions", "workflows.lock")).Last().ShouldBe(
            $"{version} {Convert.ToHexStringLower(hash)}",
            "A workflow has changed. If runs that are under way would be replayed otherwise, raise defaultVersion in host.json, keep the old way behind context.Version, and add a line to workflows.lock; else replace its last line.");
    }

    [Fact]
    public void No_two_functions_could_answer_the_same_request()
    {
        // The Functions host takes the first route that fits, in an order that nobody promises.
        var routes = Functions.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .ToArray();

        routes.Length.ShouldBeGreaterThan(5);
        var clashes =
            from one in routes
            from other in routes
            where one != other && one.Methods!.Intersect(other.Methods!).Any() && Overlap(one.Route!, other.Route!)
            select $"{one.Route} and {other.Route}";
        clashes.ShouldBeEmpty();
    }

    [Fact]
    public void Every_function_has_a_name_of_its_own()
    {
        var names = Functions.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToArray();

        names.ShouldBeUnique();
        names.Length.ShouldBeGreaterThan(15);
    }

    private static IEnumerable<string?> Ours(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name).Where(name => name!.StartsWith("Orchestrator", StringComparison.Ordinal));

    private static bool Overlap(string one, string other)
    {
        var (left, right) = (RoutePatternFactory.Parse(one).PathSegments, RoutePatternFactory.Parse(other).PathSegments);
        return left.Count == right.Count && left.Zip(right).All(pair => Overlap(pair.First, pair.Second));
    }

    private static bool Overlap(RoutePatternPathSegment one, RoutePatternPathSegment other) => (one.Parts[0], other.Parts[0]) switch
    {
        (RoutePatternLiteralPart left, RoutePatternLiteralPart right) => left.Content.Equals(right.Content, StringComparison.OrdinalIgnoreCase),
        (RoutePatternParameterPart parameter, RoutePatternLiteralPart literal) => Takes(parameter, literal.Content),
        (RoutePatternLiteralPart literal, RoutePatternParameterPart parameter) => Takes(parameter, literal.Content),
        _ => true,
    };

    private static bool Takes(RoutePatternParameterPart parameter, string text) => parameter.ParameterPolicies.All(policy =>
        policy.Content is not { } rule || !rule.StartsWith("regex(", StringComparison.Ordinal) || Regex.IsMatch(text, rule["regex(".Length..^1], RegexOptions.IgnoreCase));

    private static IEnumerable<Source> Sources() => Directory.EnumerateFiles(RepositoryFolder.Of("functions"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(path => new Source(Path.GetFileName(path), File.ReadAllText(path)));

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Now|UtcNow|Today)|TimeProvider|Stopwatch|Guid\.NewGuid|Random|Task\.(Run|Delay|Yield|Factory)|Thread|ConfigureAwait|HttpClient|Environment\.(Get|Machine|Process)\w*|File\.|IConfiguration|Console)")]
    private static partial Regex Unrepeatable();

    private sealed record Source(string Name, string Text)
    {
        public bool IsWorkflow => Name.EndsWith(".workflow.cs", StringComparison.Ordinal);
    }
}
