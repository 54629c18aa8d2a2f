using System.Globalization;
using System.Text;
using Orchestrator.Core.Approvals;
using Orchestrator.Core.Plans;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Comments;

/// <summary>
/// Tells approvers on GitHub, on the release's commit, that a plan waits for them: each plan once. Commits, because every release has
/// one: reviews of deployments are there only for those that GitHub's own workflow runs make, and an issue would have to be opened first.
/// </summary>
/// <param name="record">The record in GitHub.</param>
/// <param name="store">Which plans have been told of.</param>
/// <param name="time">The clock.</param>
public sealed class ApprovalPrompts(GitHubRecord record, IStateStore store, TimeProvider time)
{
    private const string Kind = "approval-prompts";
    private const int MostKept = 20;
    private const int MostRegions = 20;

    /// <summary>Tells of a plan that waits, unless it has been told of, or nobody could answer on GitHub.</summary>
    public async Task TellAsync(RolloutOrder order, RolloutPlan plan, string waitsFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(plan);
        var approvers = order.Environment.Approval!.Approvers.Where(one => one.GitHub is not null).ToArray();
        if (approvers.Length == 0)
        {
            return;
        }

        // Noted once it is in the queue: told twice is better than not at all.
        var rollout = order.Candidate.Key.Rollout(order.Stack, order.Environment.Name);
        if (await store.ReadAsync<IReadOnlyList<string>>(Kind, rollout, cancellationToken) is not { } told || !told.Contains(plan.Digest.Value))
        {
            var prompt = new CommentWrite
            {
                Repository = order.Candidate.Key.Repository,
                Since = time.GetUtcNow(),
                Name = $"{rollout}.{plan.Digest.Value[..CommentCommand.LeastDigest]}",
                Commit = order.Candidate.Commit,
                Text = Text(plan, waitsFor, approvers),
            };
            await record.AddAsync(prompt, cancellationToken);
            await store.ChangeAsync<IReadOnlyList<string>>(Kind, rollout, before => [.. (before ?? []).TakeLast(MostKept - 1), plan.Digest.Value], cancellationToken);
        }
    }

    private static string Text(RolloutPlan plan, string waitsFor, IReadOnlyList<Approver> approvers)
    {
        var place = $"{plan.Stack}/{plan.Environment}";
        var digest = plan.Digest.Value[..CommentCommand.LeastDigest];
        var regions = plan.Waves.SelectMany(wave => wave.Regions.Select(region => (wave.Wave, Region: region))).ToArray();
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"**{plan.Tag}** in `{place}` {waitsFor}.")
            .AppendLine()
            .AppendLine("| wave | region | serves now | would serve |")
            .AppendLine("| --- | --- | --- | --- |");
        foreach (var (wave, region) in regions.Take(MostRegions))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {wave} | {region.Region} | {region.Now?.Release ?? region.Now?.Revision ?? "not known"} | {(region.Changes ? plan.Version : "the same")} |");
        }

        if (regions.Length > MostRegions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| | and {regions.Length - MostRegions} more | | |");
        }

        return text
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{string.Join(" ", approvers.Select(one => $"@{one.GitHub}"))}: to say yes, or no, comment on this commit with one of")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"    /approve {plan.Tag} {place} {digest}")
            .AppendLine(CultureInfo.InvariantCulture, $"    /reject {plan.Tag} {place} {digest} and why")
            .ToString();
    }
}
