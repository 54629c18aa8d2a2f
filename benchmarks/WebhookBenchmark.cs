using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Orchestrator.Local;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.GitHub;
using Orchestrator.Sandbox.GitHub.Hooks;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Benchmarks;

/// <summary>
/// Webhooks per second that are answered 202, each a run that is durable before the answer, against an app that does no more
/// than commit each body. GitHub is down meanwhile, so that the runs wait for it and what is measured is the acceptance.
/// </summary>
internal static class WebhookBenchmark
{
    private const int Count = 3_000;
    private static readonly Uri AnyPort = new("http://127.0.0.1:0");

    public static async Task RunAsync()
    {
        for (var round = 1; round <= 3; round++)
        {
            await using var sandbox = await SandboxHost.StartAsync(SandboxStacks.Options(new SandboxLatencies()));
            var deliveries = Releases.Publish(sandbox, Count);
            sandbox.GitHub.Fault = GitHubFault.Outage;
            var bare = await BareAsync(deliveries);
            var ours = await OursAsync(sandbox, deliveries);
            Report.Print($"webhooks, round {round}: {ours:N0}/s accepted durably; bare ASP.NET Core with one commit each: {bare:N0}/s; ratio {ours / bare:N2}");
        }
    }

    private static async Task<double> OursAsync(SandboxHost sandbox, IReadOnlyList<Delivery> deliveries)
    {
        using var folder = new TemporaryFolder();
        var (topology, certificate) = SandboxStacks.Write(sandbox, await StackPrograms.UpAsync(sandbox, CancellationToken.None), folder.Path);
        await using var host = await FunctionApp.StartAsync(folder.File("data"), AnyPort, SandboxStacks.Settings(sandbox, topology, certificate), LogLevel.None, CancellationToken.None)
            ?? throw new InvalidOperationException("The settings were refused.");
        return await WebhookClient.SendAsync(host.Address, deliveries);
    }

    private static async Task<double> BareAsync(IReadOnlyList<Delivery> deliveries)
    {
        using var folder = new TemporaryFolder();
        await using var app = BareApp.Build(AnyPort, folder.File("deliveries.db"), SandboxStacks.WebhookSecret);
        await app.StartAsync();
        return await WebhookClient.SendAsync(new(app.Urls.First()), deliveries);
    }
}
