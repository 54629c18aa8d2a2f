using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Rollouts.Activities;

/// <summary>Tries what nobody waits for a few times within one activity, where its failures may pass; what never will do is tried once.</summary>
/// <param name="patience">How long all that is tried may take before nothing is tried again.</param>
/// <param name="time">The clock.</param>
internal sealed class FewTries(TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    private readonly long begun = time.GetTimestamp();

    /// <summary>Why it could not be done; null when it was.</summary>
    public async Task<string?> TryAsync(Func<Task> attempt, CancellationToken cancellationToken)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                await attempt();
                return null;
            }
            catch (StackRefusedException refused)
            {
                return refused.Message;
            }
            catch (StackUnavailableException unavailable)
            {
                if (again == Delays.Length || time.GetElapsedTime(begun) + Delays[again] > patience)
                {
                    return unavailable.Message;
                }
            }

            await Task.Delay(Delays[again], time, cancellationToken);
        }
    }
}
