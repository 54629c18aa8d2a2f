namespace Orchestrator.Core.Verification;

/// <summary>A verdict with its evidence.</summary>
/// <param name="Verdict">The worst verdict of the checks.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record VerificationResult(Verdict Verdict, IReadOnlyList<Check> Checks)
{
    /// <summary>A result whose verdict is the worst of <paramref name="checks"/>.</summary>
    public static VerificationResult Of(IReadOnlyList<Check> checks) =>
        new(checks.Select(check => check.Verdict).Worst(), checks);

    /// <summary>The worst checks in words, for people.</summary>
    public string Summary() => Verdict == Verdict.Pass
        ? $"{Checks.Count} checks passed"
        : string.Join("; ", Checks.Where(check => check.Verdict == Verdict).Select(check => $"{check.Name}: expected {check.Expected}, found {check.Found}"));
}

/// <summary>One thing that a verification looked at.</summary>
/// <param name="Name">What, e.g. <c>version</c>.</param>
/// <param name="Verdict">What it means for the candidate.</param>
/// <param name="Expected">The bound.</param>
/// <param name="Found">The measurement.</param>
public sealed record Check(string Name, Verdict Verdict, string Expected, string Found);
