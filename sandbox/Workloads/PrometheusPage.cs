using System.Globalization;
using System.Text;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>Writes Prometheus' text format.</summary>
internal sealed class PrometheusPage
{
    private readonly StringBuilder text = new();
    private readonly HashSet<string> declared = [];

    public void Gauge(string name, double value)
    {
        Declare(name, "gauge");
        text.Append(name).Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>One number of a metric.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="type"><c>gauge</c> or <c>counter</c>.</param>
    /// <param name="labels">What it is about.</param>
    /// <param name="value">The number.</param>
    public void Sample(string name, string type, IReadOnlyList<(string Name, string Value)> labels, double value)
    {
        Declare(name, type);
        Line(name, labels, value);
    }

    public void Histogram(string name, IReadOnlyList<(string Name, string Value)> labels, Histogram histogram)
    {
        Declare(name, "histogram");
        foreach (var (atMost, count) in histogram.Cumulative())
        {
            Line($"{name}_bucket", [.. labels, ("le", Number(atMost))], count);
        }

        Line($"{name}_sum", labels, histogram.Sum);
        Line($"{name}_count", labels, histogram.Count);
    }

    public override string ToString() => text.ToString();

    private void Declare(string name, string type)
    {
        if (declared.Add(name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
        }
    }

    private void Line(string name, IReadOnlyList<(string Name, string Value)> labels, double value) => text
        .Append(name).Append('{').AppendJoin(',', labels.Select(label => $"{label.Name}=\"{label.Value}\"")).Append("} ").Append(Number(value)).Append('\n');

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
