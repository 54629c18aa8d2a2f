using System.Text;
using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Verification;

/// <summary>Measures a workload on one address: its health, the version it reports, and a number of probe requests.</summary>
/// <param name="stacks">The way to each stack's workloads.</param>
/// <param name="time">The clock that latencies are measured with.</param>
public sealed class WorkloadObserver(StackConnections stacks, TimeProvider time) : IDisposable
{
    private const int ProbesAtOnce = 4;
    private const int LargestAnswer = 1024 * 1024;

    // What is measured beyond what this process can take in would be its own slowness.
    private readonly SemaphoreSlim room = new(64 * Environment.ProcessorCount);

    /// <summary>What the workload showed, once there is room to measure. Nothing that a workload does makes this throw.</summary>
    /// <param name="stack">Whose workload it is.</param>
    /// <param name="fqdn">Its address without a scheme.</param>
    /// <param name="policy">Paths, number of requests, time limit.</param>
    /// <param name="probe">The request to repeat.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public async Task<Observations> ObserveAsync(
        StackName stack,
        string fqdn,
        VerificationPolicy policy,
        ProbeRequest probe,
        CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            return await ObserveAsync(stacks.Of(stack).Workloads, new Uri($"https://{fqdn}"), policy, probe, cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>What the workload answers to a GET, or why it does not. Nothing that a workload does makes this throw.</summary>
    public Task<Answer> AskAsync(StackName stack, string fqdn, string path, TimeSpan limit, CancellationToken cancellationToken) =>
        AskAsync(stacks.Of(stack).Workloads, new Uri(new Uri($"https://{fqdn}"), path), limit, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => room.Dispose();

    private async Task<Observations> ObserveAsync(HttpClient workloads, Uri root, VerificationPolicy policy, ProbeRequest probe, CancellationToken cancellationToken)
    {
        // Asked as often as probes will be sent at once: a new connection's time is not the workload's.
        var health = (await Task.WhenAll(Enumerable.Range(0, Math.Clamp(policy.Requests, 1, ProbesAtOnce))
            .Select(_ => AskAsync(workloads, new Uri(root, policy.HealthPath), policy.RequestTimeout, cancellationToken))))[0];
        var version = await AskAsync(workloads, new Uri(root, policy.VersionPath), policy.RequestTimeout, cancellationToken);
        var samples = health.Status is null && version.Status is null
            ? []
            : await ProbeAsync(workloads, root, policy, probe, cancellationToken);
        return new(health, version with { Text = version.Status == 200 ? VersionIn(version.Text) : version.Text }, samples);
    }

    private async Task<IReadOnlyList<ProbeSample>> ProbeAsync(
        HttpClient workloads,
        Uri root,
        VerificationPolicy policy,
        ProbeRequest probe,
        CancellationToken cancellationToken)
    {
        var samples = new ProbeSample[policy.Requests];
        await Parallel.ForAsync(
            0,
            policy.Requests,
            new ParallelOptions { MaxDegreeOfParallelism = ProbesAtOnce, CancellationToken = cancellationToken },
            async (index, token) => samples[index] = await ProbeOnceAsync(workloads, new Uri(root, probe.Path), policy.RequestTimeout, probe, token));
        return samples;
    }

    private async Task<ProbeSample> ProbeOnceAsync(HttpClient workloads, Uri address, TimeSpan limit, ProbeRequest probe, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var request = new HttpRequestMessage(new HttpMethod(probe.Method), address);
        if (probe.Body is not null)
        {
            request.Content = new StringContent(probe.Body, Encoding.UTF8, "application/json");
        }

        var answer = await SendAsync(workloads, request, limit, cancellationToken);
        return new(ProbeOutcomes.Of(answer.Status, answer.Text, answer.TimedOut), time.GetElapsedTime(begun));
    }

    private async Task<Answer> AskAsync(HttpClient workloads, Uri address, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendAsync(workloads, request, limit, cancellationToken);
        return new(answer.Status, answer.Text, answer.Text.Length >= LargestAnswer);
    }

    private async Task<(int? Status, string Text, bool TimedOut)> SendAsync(
        HttpClient workloads,
        HttpRequestMessage request,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await workloads.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            return ((int)response.StatusCode, await ReadAsync(response, linked.Token), false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, "no answer within the time limit", true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (null, $"no connection: {failure.Message}", false);
        }
    }

    // A workload may answer anything, without end: no more is read than anybody looks at.
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while (buffer.Length < LargestAnswer && (read = await body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            buffer.Write(chunk, 0, read);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string VersionIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("version", out var version)
                && version.ValueKind == JsonValueKind.String
                ? version.GetString()!
                : "an answer without a version";
        }
        catch (JsonException)
        {
            return "an answer that is no JSON";
        }
    }
}
