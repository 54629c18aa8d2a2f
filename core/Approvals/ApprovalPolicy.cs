using System.Text.Json.Serialization;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Approvals;

/// <summary>Whose approval an environment's rollouts need before anything is changed.</summary>
/// <param name="Approvers">Who may approve.</param>
/// <param name="Quorum">How many have to.</param>
/// <param name="Required">The names of those whose approval has to be among them.</param>
/// <param name="NotByPublisher">Whether who published the release may not approve it.</param>
/// <param name="ValidFor">How long an approval counts.</param>
/// <param name="Within">How long a rollout waits for approvals; then it is not begun.</param>
public sealed record ApprovalPolicy(
    IReadOnlyList<Approver> Approvers,
    int Quorum,
    IReadOnlyList<string> Required,
    bool NotByPublisher,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan ValidFor,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Within)
{
    /// <summary>The approver that goes by <paramref name="name"/>, or by that login on GitHub; null for anybody else.</summary>
    public Approver? Find(string? name) => name is null
        ? null
        : Approvers.FirstOrDefault(one => Same(one.Name, name)) ?? Approvers.FirstOrDefault(one => Same(one.GitHub, name));

    /// <summary>The approver with that login on GitHub; null for anybody else. Names that the platform gives are not looked at: on GitHub anybody may have one of them.</summary>
    public Approver? OnGitHub(string login) => Approvers.FirstOrDefault(one => Same(one.GitHub, login));

    /// <summary>Whether two names are one person's: neither Entra nor GitHub tells capitals apart.</summary>
    internal static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Somebody who may approve.</summary>
/// <param name="Name">As the platform calls them: the name in Entra, or the owner of a key.</param>
/// <param name="GitHub">Their login on GitHub; null when they have none.</param>
public sealed record Approver(string Name, string? GitHub = null);
