namespace Orchestrator.Core.Verification;

/// <summary>A verdict with its evidence.</summary>
/// <param name="Verdict">The worst verdict of the checks that count.</param>
/// <param name="Checks">What was looked at, dry runs included.</param>
public sealed record VerificationResult(Verdict Verdict, IReadOnlyList<Check> Checks)
{
    /// <summary>A result whose verdict is the worst of <paramref name="checks"/>, dry runs aside.</summary>
    public static VerificationResult Of(IReadOnlyList<Check> checks) =>
        new(checks.Where(check => !check.IsDryRun).Select(check => check.Verdict).Worst(), checks);

    /// <summary>This result with further checks.</summary>
    public VerificationResult With(IEnumerable<Check> checks) => Of([.. Checks, .. checks]);

    /// <summary>The worst checks in words, for people; and those of a dry run that would not have passed.</summary>
    public string Summary() => string.Join("; ", Counting().Concat(Checks.Where(check => check.IsDryRun && check.Verdict != Verdict.Pass).Select(check => $"dry run: {check}")));

    private IEnumerable<string> Counting() => Verdict == Verdict.Pass
        ? [$"{Checks.Count(check => !check.IsDryRun)} checks passed"]
        : Checks.Where(check => !check.IsDryRun && check.Verdict == Verdict).Select(check => check.ToString());
}

/// <summary>One thing that a verification looked at.</summary>
/// <param name="Name">What, e.g. <c>version</c>.</param>
/// <param name="Verdict">What it means for the candidate.</param>
/// <param name="Expected">The bound.</param>
/// <param name="Found">The measurement.</param>
/// <param name="IsDryRun">Whether it is only told, and changes nothing.</param>
public sealed record Check(string Name, Verdict Verdict, string Expected, string Found, bool IsDryRun = false)
{
    /// <inheritdoc />
    public override string ToString() => $"{Name}: expected {Expected}, found {Found}";
}
