using System.Globalization;

namespace Orchestrator.Benchmarks;

/// <summary>How figures are printed: the same everywhere.</summary>
internal static class Report
{
    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
