using System.Diagnostics.CodeAnalysis;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Suites;

/// <summary>Questions for a model, and how its answers are graded. Read by <see cref="SuiteParser"/> from a file as <c>docs/suite.schema.json</c> describes it.</summary>
/// <param name="Name">What it is called, e.g. <c>default</c>.</param>
/// <param name="Version">Its author's version of it.</param>
/// <param name="Digest">The digest of its file.</param>
/// <param name="Repeats">How often each case is tried, 1 to <see cref="MostRepeats"/>, unless the case says otherwise.</param>
/// <param name="Seed">The first try's seed is one more than this.</param>
/// <param name="Timeout">A reply that takes longer has failed.</param>
/// <param name="Cases">The cases, each id once.</param>
public sealed record Suite(string Name, string Version, Sha256Digest Digest, int Repeats, int Seed, TimeSpan Timeout, IReadOnlyList<SuiteCase> Cases)
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int LargestSize = 4 * 1024 * 1024;

    /// <summary>The most cases of a suite.</summary>
    public const int MostCases = 2_000;

    /// <summary>The most tries of a case.</summary>
    public const int MostRepeats = 20;

    /// <summary>The models that judge answers, each once, in the order in which the suite names them.</summary>
    public IReadOnlyList<string> Judges => [.. Cases.SelectMany(one => one.Graders).OfType<JudgeGrader>().Select(judge => judge.Model).Distinct(StringComparer.Ordinal)];

    /// <summary>The same suite with the cases of the short one only.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The word that suites use for it.")]
    public Suite Short() => this with { Cases = [.. Cases.Where(one => one.IsShort)] };

    /// <summary>The same suite with these cases only, in the suite's order.</summary>
    /// <exception cref="ArgumentException">The suite has no case of one of the ids.</exception>
    public Suite Only(IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var unknown = ids.Except(Cases.Select(one => one.Id)).ToArray();
        return unknown.Length == 0
            ? this with { Cases = [.. Cases.Where(one => ids.Contains(one.Id))] }
            : throw new ArgumentException($"Expected ids of cases of suite {Name}, found '{string.Join("', '", unknown)}'.", nameof(ids));
    }

    /// <summary>How often a case of this suite is tried.</summary>
    public int RepeatsOf(SuiteCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.Repeats ?? Repeats;
    }
}
