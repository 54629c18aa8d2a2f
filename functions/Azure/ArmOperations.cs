using Azure;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

namespace Orchestrator.Functions.Azure;

/// <summary>Waits for ARM's asynchronous operations.</summary>
internal static class ArmOperations
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Ends when the operation has. The client's own wait never looks more often than once a second; a change of traffic is often
    /// done sooner, and each step of each region would pay for it.
    /// </summary>
    /// <exception cref="global::Azure.RequestFailedException">The operation failed, or could not be looked at.</exception>
    public static async Task WaitAsync(ArmOperation<GenericResource> operation, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IsDone(operation.GetRawResponse()))
        {
            // Takes the result from the answer; nothing is sent.
            await operation.UpdateStatusAsync(cancellationToken);
        }

        for (var delay = First; !operation.HasCompleted; delay = delay * 1.5 < Longest ? delay * 1.5 : Longest)
        {
            await Task.Delay(delay, time, cancellationToken);
            await operation.UpdateStatusAsync(cancellationToken);
        }
    }

    // The client does not look at its first answer before it is asked to.
    private static bool IsDone(Response answer) =>
        answer.Status == 200 && !answer.Headers.Contains("Azure-AsyncOperation") && !answer.Headers.Contains("Location");
}
