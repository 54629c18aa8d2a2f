using Orchestrator.Sandbox.Models.Chat;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>What an engine counts of a model's requests, under its own names. Source: vLLM and SGLang, production metrics.</summary>
internal sealed class EngineMetrics
{
    private readonly Lock turn = new();
    private readonly Histogram firstTokens = new();
    private readonly Histogram whole = new();
    private readonly SortedDictionary<string, long> finished = new(StringComparer.Ordinal);
    private long promptTokens;
    private long generatedTokens;
    private int running;

    public void Begin() => Interlocked.Increment(ref running);

    public void End() => Interlocked.Decrement(ref running);

    public void Record(ChatReply reply, TimeSpan toFirstToken, TimeSpan toEnd)
    {
        lock (turn)
        {
            promptTokens += reply.Request.PromptTokens;
            generatedTokens += reply.Answer.Tokens.Count;
            finished[reply.Answer.FinishReason] = finished.GetValueOrDefault(reply.Answer.FinishReason) + 1;
            firstTokens.Add(toFirstToken.TotalSeconds, 1);
            whole.Add(toEnd.TotalSeconds, 1);
        }
    }

    /// <summary>Writes everything, labelled with the served name.</summary>
    public void Write(PrometheusPage page, ServingEngine engine, string name)
    {
        (string Name, string Value)[] labels = [("model_name", name)];
        lock (turn)
        {
            if (engine == ServingEngine.Vllm)
            {
                page.Sample("vllm:num_requests_running", "gauge", labels, running);
                page.Sample("vllm:num_requests_waiting", "gauge", labels, 0);
                page.Sample("vllm:kv_cache_usage_perc", "gauge", labels, 0);
                page.Sample("vllm:prompt_tokens_total", "counter", labels, promptTokens);
                page.Sample("vllm:generation_tokens_total", "counter", labels, generatedTokens);
                foreach (var (reason, count) in finished)
                {
                    page.Sample("vllm:request_success_total", "counter", [.. labels, ("finished_reason", reason)], count);
                }

                page.Histogram("vllm:time_to_first_token_seconds", labels, firstTokens);
                page.Histogram("vllm:e2e_request_latency_seconds", labels, whole);
                return;
            }

            page.Sample("sglang:num_running_reqs", "gauge", labels, running);
            page.Sample("sglang:num_queue_reqs", "gauge", labels, 0);
            page.Sample("sglang:token_usage", "gauge", labels, 0);
            page.Sample("sglang:prompt_tokens_total", "counter", labels, promptTokens);
            page.Sample("sglang:generation_tokens_total", "counter", labels, generatedTokens);
            page.Histogram("sglang:time_to_first_token_seconds", labels, firstTokens);
            page.Histogram("sglang:e2e_request_latency_seconds", labels, whole);
        }
    }
}
