using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Models.Answers;
using Orchestrator.Sandbox.Models.Serving;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Models.Chat;

/// <summary>Completes chats with the models of a cloud: filter, answer, pace and stream, in the dialect of whoever serves them.</summary>
internal sealed class ChatServer(CloudState cloud)
{
    // Timers for every single token would cost more than they show.
    private const int TokensPerWait = 8;

    private static readonly LittleModel Little = new(AnswerBook.Shipped);

    public async Task CompleteAsync(HttpContext context, ServedModel served, ChatRequest request)
    {
        await AnswerAsync(context, served, request);
        if (served.Route is { } route)
        {
            cloud.Endpoints.Count(route, served.Deployment!, ModelErrors.StatusOf(context));
        }
    }

    private async Task AnswerAsync(HttpContext context, ServedModel served, ChatRequest request)
    {
        var fault = cloud.ModelFaults.Next(served.Names);
        if (Refusal(served, request, fault) is var (status, body))
        {
            if (status == StatusCodes.Status429TooManyRequests)
            {
                RetryAfter(context, TimeSpan.FromSeconds(1));
            }

            await ChatJson.WriteAsync(context, status, body);
            return;
        }

        served.Metrics?.Begin();
        try
        {
            await AnswerAsync(context, served, Reply(served, request, fault), fault);
        }
        finally
        {
            served.Metrics?.End();
        }
    }

    /// <summary>Says when it is worth another try.</summary>
    public static void RetryAfter(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }

    private static (int Status, JsonObject Body)? Refusal(ServedModel served, ChatRequest request, ModelFaultKind? fault) => fault switch
    {
        ModelFaultKind.Errors => (500, served.Dialect.Failure(500, served.Model.Name)),
        ModelFaultKind.RateLimited => (429, served.Dialect.Failure(429, served.Model.Name)),
        ModelFaultKind.Filtered => (400, AzureErrors.Filtered("violence")),
        _ when served.HasFilter && request.Texts.Select(HarmfulWording.KindIn).FirstOrDefault(kind => kind is not null) is { } kind => (400, AzureErrors.Filtered(kind)),
        _ => null,
    };

    private ChatReply Reply(ServedModel served, ChatRequest request, ModelFaultKind? fault)
    {
        var answer = Little.Answer(served.Model, request);
        var isStopped = fault == ModelFaultKind.OutputFiltered || (served.HasFilter && HarmfulWording.KindIn(answer.Text) is not null);
        return new(
            $"chatcmpl-{Guid.NewGuid():N}",
            cloud.Now.ToUnixTimeSeconds(),
            fault == ModelFaultKind.OtherModel ? $"other-than-{served.ReportedAs}" : served.ReportedAs,
            $"fp_{StableHash.Hex(10, served.Model.FullName, served.Model.WeightsDigest ?? string.Empty)}",
            request,
            isStopped ? ChatAnswer.Filtered : answer);
    }

    private async Task AnswerAsync(HttpContext context, ServedModel served, ChatReply reply, ModelFaultKind? fault)
    {
        var begun = cloud.Now;
        await WaitAsync(context, served, served.Model.TimeToFirstToken + (fault == ModelFaultKind.Slow ? WorkloadFaults.Slowness : TimeSpan.Zero));
        var toFirst = cloud.Now - begun;
        if (reply.Request.IsStream)
        {
            await StreamAsync(context, served, reply);
        }
        else
        {
            await WaitAsync(context, served, served.Model.TimeFor(reply.Answer.Tokens.Count));
            await ChatJson.WriteAsync(context, StatusCodes.Status200OK, served.Dialect.Whole(reply));
        }

        served.Metrics?.Record(reply, toFirst, cloud.Now - begun);
    }

    private async Task StreamAsync(HttpContext context, ServedModel served, ChatReply reply)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var sent = 0;
        if (served.Dialect.Preface(reply) is { } preface)
        {
            await SendAsync(preface);
        }

        foreach (var delta in reply.Deltas())
        {
            await SendAsync(served.Dialect.Chunk(reply, delta, null));
            if (++sent % TokensPerWait == 0)
            {
                await WaitAsync(context, served, served.Model.TimeFor(TokensPerWait));
            }
        }

        await WaitAsync(context, served, served.Model.TimeFor(sent % TokensPerWait));
        await SendAsync(served.Dialect.Chunk(reply, [], reply.Answer.FinishReason));
        if (reply.Request.IncludesUsage)
        {
            await SendAsync(served.Dialect.UsageChunk(reply));
        }

        await ChatJson.WriteEventAsync(context, "[DONE]");

        Task SendAsync(JsonObject chunk) => ChatJson.WriteEventAsync(context, chunk.ToJsonString(ChatJson.Options));
    }

    private Task WaitAsync(HttpContext context, ServedModel served, TimeSpan time) => cloud.Ledger.WaitAsync(served.Place, $"answer of {served.Name}", time, context.RequestAborted);
}
