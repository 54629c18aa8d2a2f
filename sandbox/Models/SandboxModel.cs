using System.Collections.Immutable;

namespace Orchestrator.Sandbox.Models;

/// <summary>
/// A simulated model: how much of what it is asked it knows, and how fast it tells. Which answers it gets right follows from its name
/// and from the prompts, so that they are the same at every try, and that a better version knows all that a worse one does.
/// </summary>
public sealed record SandboxModel
{
    private SandboxModel(string name) => Name = name;

    /// <summary>Its name, e.g. <c>gpt-5</c> or <c>qwen3.8-27b</c>.</summary>
    public string Name { get; }

    /// <summary>The version of a closed model; null for open weights.</summary>
    public string? Version { get; private init; }

    /// <summary>The digest of open weights, as 64 hexadecimal digits; null for a closed model.</summary>
    public string? WeightsDigest { get; private init; }

    /// <summary>The share of the known questions that it answers right, 0 to 1.</summary>
    public double Quality { get; init; } = 1;

    /// <summary>The same for single categories of questions, where it differs.</summary>
    public ImmutableDictionary<string, double> CategoryQuality { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The share of the known questions, 0 to 1, whose answer is right at one seed and wrong at another.</summary>
    public double Jitter { get; init; }

    /// <summary>What it says where it does not know a question, in its own words; null for the words of all.</summary>
    public string? Manner { get; init; }

    /// <summary>How long it takes to its first token.</summary>
    public TimeSpan TimeToFirstToken { get; init; }

    /// <summary>How many tokens it writes a second after that; without end when it takes no time.</summary>
    public double TokensPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>How it names itself when it answers: <c>NAME-VERSION</c> when closed.</summary>
    public string FullName => Version is null ? Name : $"{Name}-{Version}";

    /// <summary>A closed model.</summary>
    public static SandboxModel Closed(string name, string version, double quality = 1) => new(name) { Version = version, Quality = quality };

    /// <summary>Open weights.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="weightsDigest">The weights' digest, with or without <c>sha256:</c>.</param>
    /// <param name="quality">Its quality.</param>
    public static SandboxModel Open(string name, string weightsDigest, double quality = 1)
    {
        ArgumentNullException.ThrowIfNull(weightsDigest);
        return new(name) { WeightsDigest = Bare(weightsDigest), Quality = quality };
    }

    /// <summary>The digits of a digest alone.</summary>
    internal static string Bare(string digest) => digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant();

    /// <summary>Its quality at questions of a category.</summary>
    internal double QualityAt(string category) => CategoryQuality.GetValueOrDefault(category, Quality);

    /// <summary>How much longer than its first token an answer of so many takes.</summary>
    internal TimeSpan TimeFor(int tokens) => double.IsPositiveInfinity(TokensPerSecond) ? TimeSpan.Zero : TimeSpan.FromSeconds(tokens / TokensPerSecond);
}
