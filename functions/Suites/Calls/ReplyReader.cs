using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Text;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>Reads what a model replies, whole or as a stream of server-sent events, and measures it.</summary>
/// <param name="sent">When the request went out, as a timestamp of the clock.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplyReader(long sent, TimeProvider time)
{
    private const int LongestError = 64 * 1024;

    /// <summary>The reply.</summary>
    /// <exception cref="ReplyException">It cannot be graded.</exception>
    public async Task<ModelReply> ReadAsync(PipelineResponse response, CancellationToken cancellationToken)
    {
        await using var body = new BoundedStream(response.ContentStream ?? Stream.Null);
        var isStream = response.Headers.TryGetValue("content-type", out var type) && type!.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
        return isStream ? await ReadStreamAsync(body, cancellationToken) : await ReadWholeAsync(body, cancellationToken);
    }

    /// <summary>The beginning of what came with a refusal, as JSON; null when it is none.</summary>
    public static async Task<System.Text.Json.JsonDocument?> ReadErrorAsync(PipelineResponse response, CancellationToken cancellationToken)
    {
        if (response.ContentStream is not { } body)
        {
            return null;
        }

        var buffer = new byte[LongestError];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return System.Text.Json.JsonDocument.Parse(buffer.AsMemory(0, read));
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<ModelReply> ReadWholeAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellationToken);
        var latency = time.GetElapsedTime(sent);
        using var document = Json.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        var draft = new ReplyDraft();
        draft.Add(document.RootElement, "message");
        return draft.Finish(new(null, latency, null));
    }

    private async Task<ModelReply> ReadStreamAsync(Stream body, CancellationToken cancellationToken)
    {
        var draft = new ReplyDraft();
        var (first, last, parts, isDone) = ((long?)null, sent, 0, false);
        await foreach (var part in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            if (part.Data == "[DONE]")
            {
                isDone = true;
                break;
            }

            using var document = Json.Parse(Encoding.UTF8.GetBytes(part.Data));
            if (draft.Add(document.RootElement, "delta"))
            {
                last = time.GetTimestamp();
                first ??= last;
                parts++;
            }
        }

        return isDone || draft.IsFinished
            ? draft.Finish(new(first is null ? null : time.GetElapsedTime(sent, first.Value), time.GetElapsedTime(sent), Rate(draft.Tokens ?? parts, first, last)))
            : throw new ReplyException("the server ended its stream amid the answer", isBreakdown: true);
    }

    private double? Rate(int tokens, long? first, long last) =>
        first is null || tokens < 2 || time.GetElapsedTime(first.Value, last) is var spent && spent <= TimeSpan.Zero
            ? null
            : (tokens - 1) / time.GetElapsedTime(first.Value, last).TotalSeconds;
}
