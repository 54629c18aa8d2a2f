namespace Orchestrator.Functions.Models.Continuous;

/// <summary>The hashes of a model's answers to fixed questions. What was answered is kept nowhere.</summary>
/// <param name="Identity">The model's identity as it was promoted, its server included; null when that is not known.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Hashes">The SHA-256 of each answer as hexadecimal digits, by the question's id.</param>
public sealed record ModelFingerprint(string? Identity, DateTimeOffset At, IReadOnlyDictionary<string, string> Hashes)
{
    /// <summary>Whether it is of all of these questions.</summary>
    public bool IsOf(IEnumerable<string> questions) => questions.All(Hashes.ContainsKey);

    /// <summary>How a later one of the same model differs.</summary>
    /// <param name="now">The hashes of the answers that there were.</param>
    public FingerprintDifference Compare(IReadOnlyDictionary<string, string> now)
    {
        ArgumentNullException.ThrowIfNull(now);
        var compared = now.Where(one => Hashes.ContainsKey(one.Key)).ToArray();
        return new([.. compared.Where(one => Hashes[one.Key] != one.Value).Select(one => one.Key).Order(StringComparer.Ordinal)], compared.Length, Hashes.Count);
    }
}

/// <summary>How two fingerprints differ.</summary>
/// <param name="Different">The ids of the questions that were answered otherwise, in order.</param>
/// <param name="Compared">How many questions were answered both times.</param>
/// <param name="Asked">How many there are.</param>
public sealed record FingerprintDifference(IReadOnlyList<string> Different, int Compared, int Asked)
{
    /// <summary>Whether enough was answered to tell: more than half.</summary>
    public bool IsKnown => Compared * 2 > Asked;

    /// <summary>
    /// Whether the model has changed: more than half of the answers have. No model answers the same always, even at temperature 0, as
    /// servers batch requests: single answers say nothing.
    /// </summary>
    public bool HasChanged => IsKnown && Different.Count * 2 > Compared;
}
