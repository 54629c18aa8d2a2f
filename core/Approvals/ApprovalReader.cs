using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Approvals;

/// <summary>Reads whose approval an environment's rollouts need.</summary>
internal static class ApprovalReader
{
    private const int MostApprovers = 100;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>The policy; null when none is given, and then nobody's is needed.</summary>
    public static ApprovalPolicy? Read(JsonObjectReader? approval)
    {
        if (approval is null)
        {
            return null;
        }

        var approvers = approval.Objects("approvers", required: true, Approver);
        var quorum = approval.Whole("quorum", 1, MostApprovers) ?? 1;
        var required = approval.Texts("required");
        var notByPublisher = approval.Flag("notByPublisher") ?? true;
        var validFor = approval.Duration("validFor") ?? Usual;
        var within = approval.Duration("within") ?? Usual;
        approval.RefuseUnknown();

        foreach (var name in required.Where(name => !approvers.Any(one => ApprovalPolicy.Same(one.Name, name))))
        {
            approval.Report("required", $"expected names of approvers, found '{name}', who is none");
        }

        foreach (var name in approvers.SelectMany(one => new[] { one.Name, one.GitHub }).OfType<string>().GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            approval.Report("approvers", $"expected each person once, found '{name.Key}' {name.Count()} times");
        }

        if (quorum > approvers.Count && approvers.Count > 0)
        {
            approval.Report("quorum", $"expected at most {approvers.Count}, as there are no more approvers; found {quorum}");
        }

        return new(approvers, quorum, required, notByPublisher, validFor, within);
    }

    private static Approver? Approver(JsonObjectReader approver)
    {
        var name = approver.RequiredText("name");
        var gitHub = approver.OptionalText("gitHub");
        return name is null ? null : new(name, gitHub);
    }
}
