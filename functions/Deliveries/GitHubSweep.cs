using System.Text.Json;
using Microsoft.DurableTask.Client;
using Octokit;

namespace Orchestrator.Functions.Deliveries;

/// <summary>
/// One sweep: what GitHub has tried to deliver, and what is in its list of releases, since the last sweep that was complete. GitHub
/// being down ends it without harm: the watermark stays, and the next sweep looks at that time again.
/// </summary>
/// <param name="deliveries">Who handles missed deliveries.</param>
/// <param name="releases">Who starts missed releases.</param>
/// <param name="sweeps">What is known of sweeps.</param>
/// <param name="time">The clock.</param>
public sealed class GitHubSweep(MissedDeliveries deliveries, MissedReleases releases, SweepStore sweeps, TimeProvider time)
{
    /// <summary>Sweeps; the result is what is known now.</summary>
    public async Task<SweepState> RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var window = (await sweeps.BeginAsync(now, cancellationToken)).Window(now);
        var gaps = new List<Gap>();
        string? limit = null;
        var problems = new[]
        {
            await ProblemAsync(async () => limit = await deliveries.HandleAsync(client, window, gaps, cancellationToken), cancellationToken),
            await ProblemAsync(() => releases.StartAsync(client, window, gaps, cancellationToken), cancellationToken),
            gaps.Any(gap => gap.Verdict == DeliveryVerdict.Failed) ? "what a delivery asks for could not be done" : null,
        };
        return await sweeps.ChangeAsync(now, before => before.After(new(now, problems.FirstOrDefault(problem => problem is not null), limit, gaps)), cancellationToken);
    }

    private static async Task<string?> ProblemAsync(Func<Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look();
            return null;
        }
        catch (ApiException failure)
        {
            return $"GitHub answers {(int)failure.StatusCode}: {failure.Message}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"GitHub cannot be asked: {failure.Message}";
        }
    }
}
