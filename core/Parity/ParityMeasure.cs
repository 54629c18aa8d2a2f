using System.Text.Json.Serialization;

namespace Orchestrator.Core.Parity;

/// <summary>What one stack shows on one line of a report.</summary>
/// <param name="Value">The pass rate, 0 to 1; on the latency line, the median of the cases' latencies in milliseconds.</param>
/// <param name="Passed">Tries that passed; 0 on the latency line.</param>
/// <param name="Tries">Tries that were graded; 0 on the latency line.</param>
/// <param name="Interval">Where the true pass rate lies; null on the latency line.</param>
public sealed record ParityMeasure(
    double Value,
    int Passed,
    int Tries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Interval? Interval)
{
    internal static ParityMeasure Rate(int passed, int tries) => new(tries == 0 ? 0 : (double)passed / tries, passed, tries, Interval.OfRate(passed, tries));

    internal static ParityMeasure Milliseconds(double median) => new(median, 0, 0, null);
}
