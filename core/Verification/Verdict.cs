using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Verification;

/// <summary>What a verification found, from best to worst: of several verdicts the worst counts.</summary>
[JsonConverter(typeof(WordJsonConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Every bound was measured and met.</summary>
    Pass,

    /// <summary>Measured, but not enough to tell.</summary>
    Inconclusive,

    /// <summary>Could not be measured; says nothing about the release.</summary>
    Error,

    /// <summary>Measured, and the release is not fit.</summary>
    Fail,
}

/// <summary>Rules about verdicts.</summary>
public static class Verdicts
{
    /// <summary>The worst of all; <see cref="Verdict.Pass"/> of none.</summary>
    public static Verdict Worst(this IEnumerable<Verdict> verdicts) => verdicts.DefaultIfEmpty(Verdict.Pass).Max();
}
