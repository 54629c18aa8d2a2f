using Azure;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

namespace Orchestrator.Functions.Azure;

/// <summary>Waits for ARM's asynchronous operations.</summary>
internal static class ArmOperations
{
    /// <summary>
    /// Ends when the operation has. The client's own wait asks once a second, whoever else waits and whatever ARM still answers.
    /// </summary>
    /// <exception cref="global::Azure.RequestFailedException">The operation failed, or could not be looked at.</exception>
    public static async Task WaitAsync(ArmOperation<GenericResource> operation, LookPace pace, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IsDone(operation.GetRawResponse()))
        {
            // Takes the result from the answer; nothing is sent.
            await operation.UpdateStatusAsync(cancellationToken);
        }

        if (!operation.HasCompleted)
        {
            await pace.WatchAsync(
                async () =>
                {
                    await operation.UpdateStatusAsync(cancellationToken);
                    return operation.HasCompleted;
                },
                done => done,
                Timeout.InfiniteTimeSpan,
                time,
                cancellationToken);
        }
    }

    // The client does not look at its first answer before it is asked to.
    private static bool IsDone(Response answer) =>
        answer.Status == 200 && !answer.Headers.Contains("Azure-AsyncOperation") && !answer.Headers.Contains("Location");
}
