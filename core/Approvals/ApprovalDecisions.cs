using System.Globalization;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Approvals;

/// <summary>Who may approve what, and when a plan has been approved. Pure: the same for HTTP, commands, GitHub and workflows.</summary>
public static class ApprovalDecisions
{
    /// <summary>Where a plan stands.</summary>
    /// <param name="policy">Whose approval it needs.</param>
    /// <param name="said">Everything that has been said, of this plan and of others.</param>
    /// <param name="plan">The plan's digest as it is now: what was said of another plan is void.</param>
    /// <param name="publisher">The GitHub login of who published the release; null when not known.</param>
    /// <param name="now">The time.</param>
    public static ApprovalAnswer Judge(ApprovalPolicy policy, IReadOnlyList<Approval> said, Sha256Digest plan, string? publisher, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(said);
        var valid = said
            .Where(one => one.Plan == plan && one.At + policy.ValidFor > now && MayApprove(policy, one.By, publisher) is null)
            .GroupBy(one => policy.Find(one.By)!.Name, StringComparer.OrdinalIgnoreCase)
            .Select(person => LastOf(person)! with { By = person.Key })
            .ToArray();
        if (valid.FirstOrDefault(one => one.Says == ApprovalWord.Reject) is { } rejected)
        {
            return new(ApprovalState.Rejected, rejected.Why is null ? $"rejected by {rejected.By}" : $"rejected by {rejected.By}: {rejected.Why}");
        }

        if (Lacking(policy, [.. valid.Select(one => one.By)]) is { } lacking)
        {
            var isVoid = said.Any(one => one.Says == ApprovalWord.Approve && one.Plan != plan);
            return new(ApprovalState.Waiting, isVoid ? $"{lacking}; what was approved before was another plan" : lacking, IsLacking: true);
        }

        return valid.Max(one => one.NotBefore) is { } notBefore && notBefore > now
            ? new(ApprovalState.Waiting, $"approved, to begin at {notBefore.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}")
            : new(ApprovalState.Granted, null);
    }

    /// <summary>Why nothing is to be recorded of what somebody says of a plan; null when it counts.</summary>
    /// <param name="policy">Whose approval it needs.</param>
    /// <param name="said">Everything that has been said before.</param>
    /// <param name="saying">What is said now.</param>
    /// <param name="plan">The plan's digest as it is now.</param>
    /// <param name="publisher">The GitHub login of who published the release; null when not known.</param>
    public static ApprovalRefusal? Refuse(ApprovalPolicy policy, IReadOnlyList<Approval> said, Approval saying, Sha256Digest plan, string? publisher)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(saying);
        if (MayApprove(policy, saying.By, publisher) is { } forbidden)
        {
            return new(IsForbidden: true, forbidden);
        }

        if (saying.Plan != plan)
        {
            return new(IsForbidden: false, $"expected the plan as it is now, {plan}; found {saying.Plan}: look at the plan again");
        }

        var name = policy.Find(saying.By)!.Name;
        var last = LastOf(said.Where(one => one.Plan == plan && ApprovalPolicy.Same(policy.Find(one.By)?.Name, name)));
        return last switch
        {
            null => null,
            _ when last.At > saying.At => new(IsForbidden: false, $"{name} has said something else since"),
            _ when last.Says == saying.Says && last.At + policy.ValidFor > saying.At => new(IsForbidden: false, $"{name} has said so already: each person counts once"),
            _ => null,
        };
    }

    /// <summary>A person's last word, which is the one that counts: of two within one of the whole seconds that GitHub counts, what was said later; null when they said nothing.</summary>
    /// <param name="said">What the person has said of one plan, in the order in which it was heard.</param>
    public static Approval? LastOf(IEnumerable<Approval> said) => said.OrderBy(one => one.At).LastOrDefault();

    private static string? MayApprove(ApprovalPolicy policy, string by, string? publisher)
    {
        if (policy.Find(by) is not { } approver)
        {
            return $"expected one of the approvers {string.Join(", ", policy.Approvers.Select(one => one.Name))}; found {by}";
        }

        return policy.NotByPublisher && publisher is not null && (ApprovalPolicy.Same(approver.GitHub, publisher) || ApprovalPolicy.Same(approver.Name, publisher))
            ? $"expected somebody else than who published the release; found {approver.Name}"
            : null;
    }

    private static string? Lacking(ApprovalPolicy policy, string[] by)
    {
        var required = policy.Required.Where(name => !by.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray();
        return required.Length > 0 ? $"waits for the approval of {string.Join(" and ", required)}"
            : by.Length < policy.Quorum ? $"waits for {policy.Quorum - by.Length} of {policy.Quorum} approvals by {string.Join(", ", policy.Approvers.Select(one => one.Name).Except(by, StringComparer.OrdinalIgnoreCase))}"
            : null;
    }
}

/// <summary>Why what somebody says of a plan does not count.</summary>
/// <param name="IsForbidden">Whether they may not say it at all; otherwise it is the plan or the time that is wrong.</param>
/// <param name="Reason">Why.</param>
public sealed record ApprovalRefusal(bool IsForbidden, string Reason);
