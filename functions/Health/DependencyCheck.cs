using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Octokit;

namespace Orchestrator.Functions.Health;

/// <summary>Asks one dependency whether it answers, not more often than every quarter of a minute.</summary>
/// <param name="name">The dependency's name.</param>
/// <param name="ask">Throws when it does not answer.</param>
/// <param name="time">The clock.</param>
internal sealed partial class DependencyCheck(string name, Func<DurableTaskClient, CancellationToken, Task> ask, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private (HealthStatus Status, string Description, TimeSpan Duration, DateTimeOffset At)? last;

    public string Name => name;

    public async Task<HealthReportEntry> StateAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (last is null || time.GetUtcNow() - last.Value.At >= Kept)
            {
                var begun = time.GetTimestamp();
                var (status, description) = await AskAsync(client, cancellationToken);
                last = (status, description, time.GetElapsedTime(begun), time.GetUtcNow());
            }

            var known = last.Value;
            return new(known.Status, known.Description, known.Duration, null, new Dictionary<string, object>
            {
                ["checkedAt"] = known.At,
                ["ageSeconds"] = Math.Round((time.GetUtcNow() - known.At).TotalSeconds, 1),
            });
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    [GeneratedRegex(@"AADSTS\d+")]
    private static partial Regex EntraCode();

    private async Task<(HealthStatus Status, string Description)> AskAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await ask(client, linked.Token).WaitAsync(linked.Token);
            return (HealthStatus.Healthy, "answers");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (HealthStatus.Unhealthy, $"no answer within {Patience.TotalSeconds} s");
        }
        catch (RequestFailedException failure)
        {
            return (HealthStatus.Unhealthy, $"answers {failure.Status} {failure.ErrorCode}");
        }
        catch (ApiException failure)
        {
            return (HealthStatus.Unhealthy, $"answers {(int)failure.StatusCode}");
        }
        catch (AuthenticationFailedException failure)
        {
            // The code alone: anybody may read this, and what Entra says in full names tenants and applications.
            var code = EntraCode().Match(failure.InnerException?.Message ?? string.Empty);
            return (HealthStatus.Unhealthy, $"cannot sign in{(code.Success ? $" ({code.Value})" : string.Empty)}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidOperationException)
        {
            return (HealthStatus.Unhealthy, $"cannot be asked: {failure.Message.Split('\n')[0].Trim()}");
        }
    }
}
