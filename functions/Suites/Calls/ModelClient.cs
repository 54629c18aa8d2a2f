using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using OpenAI;
using OpenAI.Chat;
using Orchestrator.Core.Problems;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>
/// Asks one model, through OpenAI's client. Replies are read here, not by the client: it would hold one of any length, and its own
/// retries would sleep by a clock of their own and count into the measured time.
/// </summary>
/// <param name="target">The model.</param>
/// <param name="limit">The longest that one reply may take.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelClient(ModelTarget target, TimeSpan limit, TimeProvider time)
{
    private readonly ChatClient chat = Create(target);

    /// <summary>The model's name in requests.</summary>
    public string Model => target.Model;

    /// <summary>What the model replies. Nothing that it or its server does makes this throw.</summary>
    public async Task<CallResult> AskAsync(byte[] body, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            var (result, wait) = await TryAsync(body, retries, cancellationToken);
            if (wait is null)
            {
                return result;
            }

            await Task.Delay(wait.Value, time, cancellationToken);
        }
    }

    // The result, and how long to wait when it is worth another request.
    private async Task<(CallResult Result, TimeSpan? Wait)> TryAsync(byte[] body, int retries, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var content = new SentContent(body, time);
        try
        {
            var options = new RequestOptions { BufferResponse = false, ErrorOptions = ClientErrorBehaviors.NoThrow, CancellationToken = linked.Token };
            using var response = (await chat.CompleteChatAsync(content, options)).GetRawResponse();
            return await JudgeAsync(response, new(content.Sent ?? time.GetTimestamp(), time), retries, content, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return content.Sent is null
                ? (new CallResult.NotMeasured($"no connection within {DurationText.Format(limit)}"), RetryDelays.Next(retries, null, time))
                : (new CallResult.Failed($"no whole answer within {DurationText.Format(limit)}"), null);
        }
        catch (ReplyException problem)
        {
            return (problem.IsBreakdown ? new CallResult.NotMeasured(problem.Message) : new CallResult.Failed(problem.Message), null);
        }
        catch (AuthenticationFailedException failure)
        {
            return (new CallResult.NotMeasured($"no token: {failure.Message}"), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ClientResultException)
        {
            return (new CallResult.NotMeasured($"no connection: {(failure.InnerException ?? failure).Message}"), RetryDelays.Next(retries, null, time));
        }
    }

    private async Task<(CallResult Result, TimeSpan? Wait)> JudgeAsync(PipelineResponse response, ReplyReader reader, int retries, SentContent content, CancellationToken cancellationToken)
    {
        if (response.Status is >= 200 and < 300)
        {
            return (new CallResult.Answered(await reader.ReadAsync(response, cancellationToken)), null);
        }

        using var problem = await ReplyReader.ReadErrorAsync(response, cancellationToken);
        var error = problem is null ? null : Json.Find(problem.RootElement, "error");
        if (response.Status == 400 && Json.Text(error, "code") == "content_filter")
        {
            return (new CallResult.Answered(ReplyDraft.Filtered(new(null, time.GetElapsedTime(content.Sent ?? time.GetTimestamp()), null))), null);
        }

        // Servers repeat what they were sent, so of what is said about a token nothing is kept.
        return response.Status switch
        {
            429 or >= 500 => (new CallResult.NotMeasured($"status {response.Status}"), RetryDelays.Next(retries, response, time)),
            400 or 413 or 422 => (new CallResult.Failed($"status {response.Status}: {Json.Text(error, "message") ?? "the server does not say why"}"), null),
            _ => (new CallResult.NotMeasured($"status {response.Status}"), null),
        };
    }

    private static ChatClient Create(ModelTarget target)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = target.Endpoint,
            Transport = new HttpClientPipelineTransport(target.Http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning disable OPENAI001 // The only way to a token that changes, or to none.
        return new(target.Model, new TargetAuthentication(target), options);
#pragma warning restore OPENAI001
    }
}
