using System.Globalization;
using System.Text;

namespace Orchestrator.Functions.Analysis;

/// <summary>Reads Prometheus' text format, version 0.0.4. Source: prometheus.io, "Exposition formats".</summary>
internal static class PrometheusText
{
    /// <summary>The samples in order; null when a line is none.</summary>
    public static IReadOnlyList<PrometheusSample>? Parse(string text)
    {
        var samples = new List<PrometheusSample>();
        foreach (var line in text.Split('\n'))
        {
            var rest = line.AsSpan().Trim();
            if (rest.IsEmpty || rest[0] == '#')
            {
                continue;
            }

            if (Sample(rest) is not { } sample)
            {
                return null;
            }

            samples.Add(sample);
        }

        return samples;
    }

    private static PrometheusSample? Sample(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny('{', ' ', '\t');
        if (end <= 0)
        {
            return null;
        }

        var name = line[..end].ToString();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = line[end..].TrimStart();
        if (rest is ['{', ..] && !Labels(ref rest, labels))
        {
            return null;
        }

        // A time may follow the value; it is when the workload counted, which is as good as now.
        rest = rest.Trim();
        var stop = rest.IndexOfAny(' ', '\t');
        return Number(stop < 0 ? rest : rest[..stop]) is { } value ? new(name, labels, value) : null;
    }

    private static bool Labels(ref ReadOnlySpan<char> rest, Dictionary<string, string> labels)
    {
        rest = rest[1..].TrimStart();
        while (rest is not ['}', ..])
        {
            var equals = rest.IndexOf('=');
            if (equals <= 0)
            {
                return false;
            }

            var name = rest[..equals].Trim().ToString();
            rest = rest[(equals + 1)..].TrimStart();
            if (Quoted(ref rest) is not { } value)
            {
                return false;
            }

            labels[name] = value;
            rest = rest.TrimStart();
            rest = rest is [',', ..] ? rest[1..].TrimStart() : rest;
        }

        rest = rest[1..];
        return true;
    }

    private static string? Quoted(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['"', ..])
        {
            return null;
        }

        var value = new StringBuilder();
        for (var at = 1; at < rest.Length; at++)
        {
            switch (rest[at])
            {
                case '"':
                    rest = rest[(at + 1)..];
                    return value.ToString();
                case '\\' when at + 1 < rest.Length:
                    at++;
                    value.Append(rest[at] == 'n' ? '\n' : rest[at]);
                    break;
                default:
                    value.Append(rest[at]);
                    break;
            }
        }

        return null;
    }

    private static double? Number(ReadOnlySpan<char> text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };
}

/// <summary>One sample.</summary>
/// <param name="Name">The metric's name with its suffix, e.g. <c>_bucket</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value; may be no number, or infinite.</param>
internal sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The label of that name; null when there is none.</summary>
    public string? Label(string name) => Labels.GetValueOrDefault(name);
}
