namespace Orchestrator.Functions.Releases;

/// <summary>Who asks.</summary>
internal static class Callers
{
    /// <summary>Whoever holds the key decides, until callers have identities of their own.</summary>
    public const string KeyHolder = "holder of the function key";
}
