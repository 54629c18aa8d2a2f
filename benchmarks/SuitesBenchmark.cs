using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Benchmarks;

/// <summary>
/// Cases per second of a suite, with sixteen requests under way, against the plain loop that asks one after another through the same
/// client. The model is a process of its own that takes the same time for each answer, so what processor time there is here is ours.
/// </summary>
internal static class SuitesBenchmark
{
    private const int Count = 96;
    private const int Bound = 16;
    private const string Model = "bare";

    public static async Task RunAsync()
    {
        await using var server = await AppProcess.StartAsync("Orchestrator.Benchmarks.dll", url => [BareModel.Verb, url.ToString()], []);
        using var http = new HttpClient();
        var endpoint = new Uri(server.Address, "v1/");
        await LoopAsync(endpoint, http, Bound);
        await SuiteAsync(endpoint, http, Suite(Bound));
        for (var round = 1; round <= 3; round++)
        {
            var loop = await MeasureAsync(() => LoopAsync(endpoint, http, Count));
            var ours = await MeasureAsync(() => SuiteAsync(endpoint, http, Suite(Count)));
            Report.Print($"suites, round {round}: {ours.Rate:N1} cases/s with {Bound} at once; one after another: {loop.Rate:N1}/s; ratio {ours.Rate / loop.Rate:N2}; allocated {ours.Allocated / Count / 1024.0:N0} KB a case, the loop {loop.Allocated / Count / 1024.0:N0} KB; peak of memory {ours.Peak / 1_048_576.0:N1} MB up, the loop's {loop.Peak / 1_048_576.0:N1} MB; our processor time {ours.Cpu.TotalMilliseconds / Count:N2} ms a case, {ours.Cpu / (BareModel.Latency * Count):P1} of the model's time, the loop's {loop.Cpu.TotalMilliseconds / Count:N2} ms");
        }
    }

    private static async Task LoopAsync(Uri endpoint, HttpClient http, int count)
    {
        var options = new OpenAIClientOptions { Endpoint = endpoint, Transport = new HttpClientPipelineTransport(http) };
        var chat = new ChatClient(Model, new ApiKeyCredential("none"), options);
        for (var index = 0; index < count; index++)
        {
            ChatCompletion answer = await chat.CompleteChatAsync(new UserChatMessage("2 + 2?"));
            Check(answer.Content[0].Text == "4");
        }
    }

    private static async Task SuiteAsync(Uri endpoint, HttpClient http, Suite suite)
    {
        var run = await new SuiteRunner(TimeProvider.System).RunAsync(suite, new(endpoint, Model, http, new Dictionary<string, string>(), null), new(Bound), CancellationToken.None);
        Check(run.Scores.Cases.All(score => score.Passed == 1));
    }

    private static async Task<Measured> MeasureAsync(Func<Task> run)
    {
        using var self = Process.GetCurrentProcess();
        GC.Collect();
        self.Refresh();
        var (peak, allocated, cpu, begun) = (self.PeakWorkingSet64, GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await run();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        self.Refresh();
        return new(Count / elapsed.TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated, self.PeakWorkingSet64 - peak, Environment.CpuUsage.TotalTime - cpu);
    }

    private static Suite Suite(int count)
    {
        var cases = Enumerable.Range(0, count).Select(index => $$"""{ "id": "case-{{index}}", "category": "english", "messages": [ { "role": "user", "content": "2 + 2?" } ], "graders": [ { "kind": "exact", "value": "4" } ] }""");
        return SuiteParser.Parse(Encoding.UTF8.GetBytes($$"""{ "name": "bare", "version": "1", "cases": [ {{string.Join(',', cases)}} ] }""")).Value!;
    }

    private static void Check(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("Expected each answer to be 4.");
        }
    }

    private sealed record Measured(double Rate, long Allocated, long Peak, TimeSpan Cpu);
}
