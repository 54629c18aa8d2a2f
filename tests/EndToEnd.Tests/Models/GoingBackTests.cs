using System.Net;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Models;
using Orchestrator.Local.Demo;

namespace Orchestrator.EndToEnd.Tests.Models;

/// <summary>Somebody goes back to a release whose models are gone by now.</summary>
public sealed class GoingBackTests
{
    [Fact]
    public async Task The_models_of_an_earlier_release_are_brought_up_again_under_the_names_that_it_asks()
    {
        await using var models = await ModelWorld.StartAsync();
        (await models.RollOutAsync("1.1.0", (DemoStacks.UsClosed, DemoModelKind.Same), (DemoStacks.ChinaOpen, DemoModelKind.Same))).Phase.ShouldBe(RunPhase.Succeeded);
        (await models.RollOutAsync("1.2.0", (DemoStacks.UsClosed, DemoModelKind.Next), (DemoStacks.ChinaOpen, DemoModelKind.Next))).Phase.ShouldBe(RunPhase.Succeeded);
        var (closed, open) = (models.Regions(DemoStacks.UsClosed)[0], models.Regions(DemoStacks.ChinaOpen)[0]);
        (await closed.DeploymentsAsync()).Keys.ShouldBe(["gpt-5-2026-10-01"]);

        foreach (var stack in DemoStacks.Names)
        {
            await GoBackAsync(models, stack, "v1.1.0");
        }

        (await closed.DeploymentsAsync()).Keys.ShouldBe(["gpt-5"]);
        var gpt = (await closed.EntriesAsync()).ShouldHaveSingleItem();
        (gpt.Asked, gpt.Identity).ShouldBe(("gpt-5", "2026-08-07"));
        (await closed.AnswersAsAsync(ModelKind.Closed, gpt)).ShouldBe("gpt-5-2026-08-07");
        var flash = (await open.EntriesAsync()).ShouldHaveSingleItem();
        (flash.Asked, flash.Identity).ShouldBe(("deepseek-v4-flash", ModelWorld.Weights(DemoModelKind.Same).Digest().Value));
        (await open.AnswersAsAsync(ModelKind.External, flash)).ShouldBe("deepseek-v4-flash");
        DemoStacks.Names.ShouldAllBe(stack => models.World.Serving(stack, models.Regions(stack)[0].Target.Region.Name.Value) == "1.1.0");
    }

    // Builds made deployments before they marked them. It is an incident: nobody has the time to tag.
    [Theory]
    [InlineData(50, 50)]
    [InlineData(5, 10)]
    public async Task A_deployment_without_a_tag_is_gone_back_to_and_never_removed(int capacity, int then)
    {
        const string Deployment = "gpt-5-2026-10-01";
        await using var models = await ModelWorld.OfAsync(DemoStacks.UsClosed);
        var region = models.Regions(DemoStacks.UsClosed)[0];
        (await models.RollOutAsync("1.1.0", (DemoStacks.UsClosed, DemoModelKind.Next))).Phase.ShouldBe(RunPhase.Succeeded);
        await region.PutDeploymentAsync(Deployment, "gpt-5", "2026-10-01", capacity);
        (await models.RollOutAsync("1.2.0", (DemoStacks.UsClosed, DemoModelKind.Same))).Phase.ShouldBe(RunPhase.Succeeded);
        (await region.EntriesAsync()).ShouldHaveSingleItem().Asked.ShouldBe("gpt-5-2026-08-07");

        await GoBackAsync(models, DemoStacks.UsClosed, "v1.1.0");

        (await region.EntriesAsync()).ShouldHaveSingleItem().Asked.ShouldBe(Deployment);
        var found = (await region.DeploymentsAsync()).ShouldHaveSingleItem();
        (found.Key, found.Value["sku"]!["capacity"]!.GetValue<int>()).ShouldBe((Deployment, then));
        found.Value["tags"].ShouldBeNull("whoever looks at it next has to know that nobody has marked it");
        await GoBackAsync(models, DemoStacks.UsClosed, "v1.2.0");
        (await region.DeploymentsAsync()).Keys.ShouldBe(["gpt-5-2026-08-07", Deployment], ignoreOrder: true);
    }

    private static async Task GoBackAsync(ModelWorld models, string stack, string tag)
    {
        using var asked = await models.World.PostAsync("rollouts", new { tag, stack, environment = "staging", rollBack = true, why = "users like it better" });
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted, await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var id = (await System.Text.Json.JsonDocument.ParseAsync(await asked.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))).RootElement.GetProperty("id").GetString()!;
        (await models.World.UntilRunAsync(id, run => run.Phase.IsTerminal())).Phase.ShouldBe(RunPhase.Succeeded);
    }
}
