using System.Globalization;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Parity;

/// <summary>Holds lines against their bounds, and what is beyond one against the exceptions of the day.</summary>
internal sealed record ParityBounds(ParityDemand Demand, DateOnly Date)
{
    /// <summary>The line with its verdict.</summary>
    /// <param name="line">What was measured.</param>
    /// <param name="found">The difference in words.</param>
    /// <param name="isBeyond">Whether it is beyond the line's bound.</param>
    public ParityLine Judge(ParityLine line, string found, bool isBeyond = false)
    {
        if (line.Bound is not { } bound)
        {
            return line with { Verdict = Verdict.Pass, Reason = $"{line.Name}: not bounded, found {found}" };
        }

        if (line.Cases < Demand.MinCases)
        {
            return line with { Verdict = Verdict.Inconclusive, Reason = string.Create(CultureInfo.InvariantCulture, $"{line.Name}: expected at least {Demand.MinCases} cases that all stacks have tried, found {line.Cases}") };
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"{line.Name}: expected at most {bound:0.###}, found {found}");
        return isBeyond ? Beyond(line, said) : line with { Verdict = Verdict.Pass, Reason = said };
    }

    private ParityLine Beyond(ParityLine line, string said)
    {
        var exceptions = Demand.Exceptions.Where(one => one.Category == line.Name).OrderByDescending(one => one.Until).ToArray();
        return exceptions.FirstOrDefault() switch
        {
            null => line with { Verdict = Verdict.Fail, Reason = said },
            var last when last.HoldsOn(Date) => line with { Verdict = Verdict.Pass, Reason = $"{said}; accepted until {Day(last)} by {last.ApprovedBy}: {last.Reason}", Exception = last },
            var last => line with { Verdict = Verdict.Fail, Reason = $"{said}; the exception that {last.ApprovedBy} approved ended on {Day(last)}", Expired = last },
        };
    }

    private static string Day(AcceptedDifference exception) => exception.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
