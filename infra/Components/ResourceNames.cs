using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Names;

namespace Orchestrator.Infra.Components;

/// <summary>
/// The names of a stack's resources in Azure: explicit, so that ids are known beforehand and resources can be adopted. Where a
/// name must be unique in the world it ends in a few digits that derive from the subscription.
/// </summary>
/// <param name="stack">The stack.</param>
internal sealed class ResourceNames(StackConfiguration stack)
{
    private const int LongestApp = 32;
    private const int LongestShort = 24;
    private const int LongestReadable = 60;
    private const int Digits = 8;

    /// <summary>The group of what belongs to no single region of an environment.</summary>
    public string SharedGroup => $"rg-{stack.Name}-orchestrator";

    public string Group(EnvironmentName environment, RegionName region) => $"rg-{stack.Name}-{environment}-{region}";

    /// <summary>The region's gateway: a container app's name has at most 32 characters.</summary>
    public static string Gateway(RegionName region)
    {
        var name = $"gateway-{region}";
        return name.Length <= LongestApp ? name : name[..LongestApp];
    }

    /// <summary>A name for people, unique within its group, of at most 60 characters: what the strictest of the types takes.</summary>
    public string Within(string kind, params string[] parts)
    {
        var name = string.Join('-', [kind, stack.Name.Value, .. parts]);
        return name.Length <= LongestReadable ? name : $"{name[..(LongestReadable - Digits - 1)].TrimEnd('-')}-{Digest(kind, parts)}";
    }

    /// <summary>A name of lower-case letters and digits, at most 24, unique in the world: storage accounts and vaults.</summary>
    public string Unique(string kind, params string[] parts)
    {
        var readable = new string([.. string.Concat([kind, stack.Name.Value, .. parts]).Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        var most = LongestShort - Digits;
        return $"{(readable.Length > most ? readable[..most] : readable)}{Digest(kind, parts)}";
    }

    /// <summary>A host name's first label, unique in the world, of at most 60 characters.</summary>
    public string Host(string kind, params string[] parts)
    {
        var readable = string.Join('-', [kind, stack.Name.Value, .. parts]);
        var most = LongestReadable - Digits - 1;
        return $"{(readable.Length > most ? readable[..most].TrimEnd('-') : readable)}-{Digest(kind, parts)}";
    }

    public string SubscriptionId => $"/subscriptions/{stack.SubscriptionId}";

    /// <summary>Digits that tell a thing of the stack from all others.</summary>
    public string Digest(string kind, string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', [stack.SubscriptionId.ToString(), kind, stack.Name.Value, .. parts]))))[..Digits];
}
