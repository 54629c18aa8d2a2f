using Orchestrator.Core.Releases;
using Orchestrator.Core.Rollouts;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Provisioning;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The plug pulled in the middle of a rollout: a real process, a real SIGKILL, and a new process on the same data.</summary>
public sealed class CrashTests
{
    private const string Tag = "v" + DemoReleases.NextVersion;

    public enum Moment
    {
        WebhookAcknowledged,
        CandidateDeployed,
        FirstTrafficShifted,
        LastTrafficShifted,
        BakingAfterPromotion,
        LastRegionPromoted,
    }

    [Theory]
    [InlineData(Moment.WebhookAcknowledged)]
    [InlineData(Moment.CandidateDeployed)]
    [InlineData(Moment.FirstTrafficShifted)]
    [InlineData(Moment.LastTrafficShifted)]
    [InlineData(Moment.BakingAfterPromotion)]
    [InlineData(Moment.LastRegionPromoted)]
    public async Task A_rollout_that_was_killed_ends_as_an_undisturbed_one(Moment moment)
    {
        var folder = Directory.CreateTempSubdirectory("crash-").FullName;
        try
        {
            await using var sandbox = await SandboxHost.StartAsync(SandboxStacks.Options(new SandboxLatencies()), TestContext.Current.CancellationToken);
            var settings = await BringUpAsync(sandbox, folder);

            using (var first = await ServeProcess.StartAsync(Path.Combine(folder, "data"), settings))
            {
                sandbox.GitHub.AddHook(DemoStacks.Repository.Value, first.Webhook, SandboxStacks.WebhookSecret);
                var killed = KillAt(moment, sandbox, first);
                sandbox.GitHub.Publish(DemoStacks.Repository.Value, Tag, System.Text.Encoding.UTF8.GetBytes(DemoReleases.Manifest(DemoReleases.NextVersion)));
                if (moment == Moment.WebhookAcknowledged)
                {
                    var published = sandbox.GitHub.Deliveries().Single(delivery => delivery.Action == "published");
                    await published.Sent;
                    first.Kill();
                    published.StatusCode.ShouldBe(202);
                }
                else
                {
                    await killed;
                }
            }

            var tidy = Until(sandbox, () => IsTidy(sandbox));
            using var second = await ServeProcess.StartAsync(Path.Combine(folder, "data"), settings);
            await tidy;
            var ended = await second.EndAsync(Tag);

            ended.Phase.ShouldBe(RunPhase.Succeeded);
            AssertUndisturbed(sandbox);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertUndisturbed(SandboxHost sandbox)
    {
        // No region was deployed twice under two names, and none was left half-way.
        foreach (var app in sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps()))
        {
            app.Revisions.Select(revision => (revision.Version, revision.Weight, revision.IsActive)).ShouldBe(
                [(DemoReleases.BaselineVersion, 0, false), (DemoReleases.NextVersion, 100, true)],
                app.Id);
        }

        var deployments = sandbox.GitHub.Deployments();
        deployments.Select(deployment => deployment.Environment).ShouldBeUnique();
        deployments.Count.ShouldBe(sandbox.Clouds.Values.Sum(cloud => cloud.Apps().Count));
        deployments.Select(deployment => deployment.Statuses[^1].State).Distinct().ShouldBe(["success"]);
    }

    private static bool HasCome(Moment moment, SandboxHost sandbox) => moment switch
    {
        Moment.WebhookAcknowledged => false,
        Moment.CandidateDeployed => Staging(sandbox).Revisions.Count == 2,
        Moment.FirstTrafficShifted => Weight(Staging(sandbox)) == 10,
        Moment.LastTrafficShifted => Weight(Canary(sandbox)) == 50,
        Moment.BakingAfterPromotion => Weight(Canary(sandbox)) == 100,
        _ => sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps()).All(app => Weight(app) == 100),
    };

    private static int Weight(SandboxApp app) => app.Revisions.Where(revision => revision.Version == DemoReleases.NextVersion).Sum(revision => revision.Weight);

    private static SandboxApp Staging(SandboxHost sandbox) => Region(sandbox, 0);

    private static SandboxApp Canary(SandboxHost sandbox) => Region(sandbox, 1);

    private static SandboxApp Region(SandboxHost sandbox, int index) => sandbox.Clouds[SandboxStacks.CloudOf(DemoStacks.ChinaOpen)].Apps()
        .Single(app => app.Region == DemoStacks.RegionsOf(DemoStacks.ChinaOpen)[index]);

    private static async Task<Dictionary<string, string?>> BringUpAsync(SandboxHost sandbox, string folder)
    {
        var topology = World.WithoutWaits(await StackPrograms.UpAsync(sandbox, TestContext.Current.CancellationToken));
        var (topologyFile, certificate) = SandboxStacks.Write(sandbox, topology, folder);
        DemoReleases.Register(sandbox, ReleaseManifestParser.Parse(DemoReleases.Manifest(DemoReleases.NextVersion)).Value!);
        return SandboxStacks.Settings(sandbox, topologyFile, certificate);
    }

    // The kill comes after the cloud has made the change and before it has said so.
    private static Task KillAt(Moment moment, SandboxHost sandbox, ServeProcess process) => Until(sandbox, () =>
    {
        var come = HasCome(moment, sandbox);
        if (come)
        {
            process.Kill();
        }

        return come;
    });

    private static Task Until(SandboxHost sandbox, Func<bool> condition)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sandbox.Changes.Changed = (_, _) =>
        {
            if (!come.Task.IsCompleted && condition())
            {
                come.TrySetResult();
            }
        };

        if (condition())
        {
            come.TrySetResult();
        }

        return come.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static bool IsTidy(SandboxHost sandbox) => sandbox.Clouds.Values.SelectMany(cloud => cloud.Apps())
        .All(app => app.Revisions.Count == 2 && !app.Revisions[0].IsActive);
}
