using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Approvals;

/// <summary>What has been said of the plans of a release in an environment, in the store: it outlives the rollout and may come before it.</summary>
/// <param name="store">The store.</param>
public sealed class ApprovalStore(IStateStore store)
{
    private const string Kind = "approvals";

    /// <summary>What has been said, oldest first: everything that counts, and of the rest what one entry holds.</summary>
    public async Task<IReadOnlyList<Approval>> ReadAsync(StackName stack, EnvironmentName environment, ReleaseTag tag, CancellationToken cancellationToken) =>
        await store.ReadAsync<IReadOnlyList<Approval>>(Kind, Key(stack, environment, tag), cancellationToken) ?? [];

    /// <summary>Adds what somebody says, unless it does not count; then the reason. What has come before under the same key is there already.</summary>
    public Task<ApprovalRefusal?> AddAsync(
        StackName stack,
        EnvironmentName environment,
        ReleaseTag tag,
        Approval saying,
        Func<IReadOnlyList<Approval>, ApprovalRefusal?> refuse,
        CancellationToken cancellationToken) =>
        store.ChangeAsync<IReadOnlyList<Approval>, ApprovalRefusal?>(Kind, Key(stack, environment, tag), said => Add(said ?? [], saying, refuse), cancellationToken);

    private static (IReadOnlyList<Approval> After, ApprovalRefusal? Refusal) Add(IReadOnlyList<Approval> said, Approval saying, Func<IReadOnlyList<Approval>, ApprovalRefusal?> refuse)
    {
        if (saying.Key is { } key && said.Any(one => one.Key == key && one.By == saying.By && one.Says == saying.Says))
        {
            return (said, null);
        }

        if (refuse(said) is { } refusal)
        {
            return (said, refusal);
        }

        return SaidOfPlans.Fitting([.. said, saying]) is { } kept
            ? (kept, null)
            : (said, new(IsForbidden: false, "more has been said of this plan than can be kept"));
    }

    private static string Key(StackName stack, EnvironmentName environment, ReleaseTag tag) => $"{stack}_{environment}_{StateKeys.Of(tag)}";
}
