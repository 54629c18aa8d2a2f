using System.Net;
using System.Net.Http.Headers;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>
/// Reads a file of a hub, and goes on where a stream broke. Waits grow from a second to a minute and are the hub's own where it
/// names them; failures count only until a megabyte has come again, so that a long file outlives many.
/// </summary>
internal sealed class HubReader(WeightsHub hub, OpenWeights weights, WeightsFile file, long offset, TimeProvider time, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int MostFailures = 6;
    private const long Forgiven = 1024 * 1024;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOrder = TimeSpan.FromMinutes(10);

    private long position = offset;
    private long failedAt = offset;
    private int failures;
    private CancellationTokenSource? silence;
    private CancellationTokenSource? either;
    private HttpResponseMessage? response;
    private Stream? body;
    private EntityTagHeaderValue? version;

    /// <summary>Reads what comes next; 0 only when the file is at its end.</summary>
    /// <exception cref="WeightsRefusedException">The hub has something else than the manifest, or does not give it.</exception>
    /// <exception cref="WeightsHubException">The hub could not be read.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        while (true)
        {
            try
            {
                var read = await TryReadAsync(buffer);
                position += read;
                return Checked(read);
            }
            catch (Exception broken) when (IsPassing(broken))
            {
                await DisposeAsync();
                await Task.Delay(WaitAfter(broken), time, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (body is not null)
        {
            await body.DisposeAsync();
        }

        response?.Dispose();
        either?.Dispose();
        silence?.Dispose();
        (body, response, either, silence) = (null, null, null, null);
    }

    private async ValueTask<int> TryReadAsync(Memory<byte> buffer)
    {
        silence ??= new(Silence, time);
        silence.CancelAfter(Silence);
        either ??= CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        if (body is null)
        {
            response = await hub.AskAsync(weights, file, position, version, either.Token);
            version = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return 0;
            }

            body = await response.Content.ReadAsStreamAsync(either.Token);
            await SkipAsync(response.StatusCode == HttpStatusCode.OK ? position : 0, buffer);
        }

        return await body.ReadAsync(buffer, either.Token);
    }

    // Who has no ranges starts over from 0: what is staged already passes by, and the digest of the whole still decides.
    private async Task SkipAsync(long bytes, Memory<byte> buffer)
    {
        while (bytes > 0)
        {
            silence!.CancelAfter(Silence);
            var read = await body!.ReadAsync(buffer[..(int)Math.Min(buffer.Length, bytes)], either!.Token);
            bytes -= read > 0 ? read : throw new IOException("the content ended before what was asked for");
        }
    }

    private int Checked(int read) =>
        position > file.Size ? throw new WeightsRefusedException($"{file.Path}: expected {file.Size} bytes, found that the hub sends more.")
        : read == 0 && position < file.Size ? throw new IOException($"the content ended after {position} of {file.Size} bytes")
        : read;

    // A cancellation that nobody asked for is the hub's silence.
    private bool IsPassing(Exception broken) =>
        broken is HttpRequestException or (IOException and not WeightsHubException) || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private TimeSpan WaitAfter(Exception broken)
    {
        failures = position - failedAt >= Forgiven ? 1 : failures + 1;
        failedAt = position;
        if (failures > MostFailures)
        {
            throw new WeightsHubException($"{file.Path} of {weights.Repository}: read {position} of {file.Size} bytes, then failed {failures} times; the last time: {broken.Message}", broken);
        }

        return (broken as HubBusyException)?.After is { } ordered && ordered > TimeSpan.Zero
            ? Least(ordered, LongestOrder)
            : Least(FirstWait * Math.Pow(2, failures - 1), LongestWait);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
