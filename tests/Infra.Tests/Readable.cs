using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pulumi.Testing;

namespace Orchestrator.Infra.Tests;

/// <summary>Writes down what a program asked for, so that a person can read a change of it.</summary>
internal static class Readable
{
    public static string Of(ProgramRun run)
    {
        var text = new StringBuilder();
        foreach (var one in run.Azure.Asked)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Type} {one.Name}\n");
            text.Append(CultureInfo.InvariantCulture, $"  made by {Provider(one)}\n");
            foreach (var (name, value) in one.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
            {
                Append(text, name, value, depth: 1);
            }

            text.Append('\n');
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
