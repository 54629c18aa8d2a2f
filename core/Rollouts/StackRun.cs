using System.Text.Json.Serialization;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Rollouts;

/// <summary>How a release's way through one stack ended.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Phase">The worst end of its environments.</param>
/// <param name="Reason">Why it did not succeed, for people; null when it did.</param>
/// <param name="Environments">Its environments, in order.</param>
public sealed record StackRun(StackName Stack, RunPhase Phase, string? Reason, IReadOnlyList<EnvironmentRun> Environments)
{
    /// <summary>Whether the release had nothing to do in any of its environments.</summary>
    [JsonIgnore]
    public bool IsLeftOut => Environments.Count > 0 && Environments.All(environment => environment.IsLeftOut);

    /// <summary>The end that follows from how the environments ended.</summary>
    public static StackRun Of(StackName stack, IReadOnlyList<EnvironmentRun> environments)
    {
        var all = environments.All(environment => environment.IsLeftOut) ? environments : [.. environments.Where(environment => !environment.IsLeftOut)];
        return new(
            stack,
            all.Select(environment => environment.Phase).Worst(),
            all.FirstOrDefault(environment => environment.Phase != RunPhase.Succeeded)?.Reason,
            environments);
    }

    /// <summary>A stack whose run broke off.</summary>
    public static StackRun Broken(StackName stack, string reason) => new(stack, RunPhase.Failed, reason, []);
}
