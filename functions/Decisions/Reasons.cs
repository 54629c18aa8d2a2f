namespace Orchestrator.Functions.Decisions;

/// <summary>The reasons that people give, which are kept and shown wherever what they have decided is.</summary>
internal static class Reasons
{
    /// <summary>The longest, in characters: the store keeps many of them in one entry.</summary>
    public const int Longest = 500;

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    public static string? Refuse(string? why) =>
        why?.Length > Longest ? $"expected why to be at most {Longest} characters long, found {why.Length}" : null;
}
