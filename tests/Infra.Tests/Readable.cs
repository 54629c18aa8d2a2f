using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Orchestrator.Infra.Tests;

/// <summary>Writes down what a program asked for, so that a person can read a change of it.</summary>
internal static class Readable
{
    /// <summary>The tree of components, and after it every other resource: parent, provider, options and inputs.</summary>
    public static async Task<string> OfAsync(ProgramRun run)
    {
        var text = new StringBuilder();
        var asked = run.Azure.Asked;
        var components = run.Seen.Where(one => !asked.Any(other => other.Type == one.Resource.GetResourceType() && other.Name == one.Resource.GetResourceName())).ToArray();
        AppendChildren(text, components, parent: null, depth: 0);
        foreach (var one in asked)
        {
            var seen = run[one.Type!, one.Name!];
            text.Append(CultureInfo.InvariantCulture, $"\n{one.Type} {one.Name}\n");
            text.Append(CultureInfo.InvariantCulture, $"  below {seen.Options.Parent?.GetResourceName() ?? "the stack"}\n");
            text.Append(CultureInfo.InvariantCulture, $"  made by {Provider(one)}\n");
            await AppendAsync(text, seen.Options);
            foreach (var (name, value) in one.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
            {
                Append(text, name, value, depth: 1);
            }
        }

        return text.ToString();
    }

    /// <summary>All values in the inputs, however deep.</summary>
    public static IEnumerable<string> Values(object? value) => value switch
    {
        ImmutableDictionary<string, object> map => map.SelectMany(item => Values(item.Value).Append(item.Key)),
        ImmutableArray<object> list => list.SelectMany(Values),
        null => [],
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
    };

    private static string Provider(MockResourceArgs one) => string.IsNullOrEmpty(one.Provider) ? "the engine" : one.Provider.Split("::")[3];

    private static void AppendChildren(StringBuilder text, IReadOnlyList<ResourceTransformationArgs> all, Resource? parent, int depth)
    {
        foreach (var one in all.Where(one => one.Options.Parent == parent).OrderBy(one => one.Resource.GetResourceName(), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{new string(' ', 2 * depth)}{one.Resource.GetResourceType()} {one.Resource.GetResourceName()}\n");
            AppendChildren(text, all, one.Resource, depth + 1);
        }
    }

    private static async Task AppendAsync(StringBuilder text, ResourceOptions options)
    {
        var needed = await OutputUtilities.GetValueAsync(options.DependsOn.ToOutput());
        Line("waits for", needed.Select(resource => resource.GetResourceName()));
        Line("leaves alone", options.IgnoreChanges);
        Line("goes with", options.DeletedWith is null ? [] : [options.DeletedWith.GetResourceName()]);
        Line("plugin", options.Version is null ? [] : [options.Version]);

        void Line(string what, IEnumerable<string> names)
        {
            if (string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } all)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {what} {all}\n");
            }
        }
    }

    private static void Append(StringBuilder text, string name, object value, int depth)
    {
        var indent = new string(' ', 2 * depth);
        switch (value)
        {
            case ImmutableDictionary<string, object> map:
                text.Append(CultureInfo.InvariantCulture, $"{indent}{name}:\n");
                foreach (var (key, inner) in map.OrderBy(item => item.Key, StringComparer.Ordinal))
                {
                    Append(text, key, inner, depth + 1);
                }

                break;
            case ImmutableArray<object> list:
                for (var index = 0; index < list.Length; index++)
                {
                    Append(text, $"{name}[{index}]", list[index], depth);
                }

                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{indent}{name}: {Convert.ToString(value, CultureInfo.InvariantCulture)!.ReplaceLineEndings("\n").Replace("\n", $"\n{indent}  ", StringComparison.Ordinal)}\n");
                break;
        }
    }
}
