using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Approvals;

/// <summary>What has been said of the plans of a release in an environment, in the store: it outlives the rollout and may come before it.</summary>
/// <param name="store">The store.</param>
public sealed class ApprovalStore(IStateStore store)
{
    private const string Kind = "approvals";
    private const int MostKept = 100;

    /// <summary>Everything that has been said, oldest first.</summary>
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
        store.ChangeAsync<IReadOnlyList<Approval>, ApprovalRefusal?>(
            Kind,
            Key(stack, environment, tag),
            said => saying.Key is { } key && said?.Any(one => one.Key == key && one.By == saying.By && one.Says == saying.Says) == true ? (said, null)
                : refuse(said ?? []) is { } refusal ? (said ?? [], refusal)
                : ([.. (said ?? []).TakeLast(MostKept - 1), saying], null),
            cancellationToken);

    private static string Key(StackName stack, EnvironmentName environment, ReleaseTag tag) => $"{stack}_{environment}_{StateKeys.Of(tag)}";
}
