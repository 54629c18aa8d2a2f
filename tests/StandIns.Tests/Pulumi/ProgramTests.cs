using System.Text.Json;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace StandIns.Tests.Pulumi;

[Collection(PulumiPrograms.Name)]
public sealed class ProgramTests : IDisposable
{
    private const string Variable = "PULUMI_CONFIG";
    private readonly string? before = Environment.GetEnvironmentVariable(Variable);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, before);

    [Fact]
    public async Task A_program_ends_when_all_that_it_began_has_ended()
    {
        var late = false;
        var (resources, outputs) = await Deployment.TestAsync(new Recording(), new TestOptions { IsPreview = false }, () =>
        {
            var thing = new Thing("one", new() { Size = 2 });
            _ = thing.Id.Apply(async _ =>
            {
                await Task.Yield();
                return late = true;
            });
            return new Dictionary<string, object?> { ["size"] = thing.Size };
        });

        late.ShouldBeTrue();
        resources.Select(resource => resource.GetResourceName()).ShouldBe(["one"]);
        (await OutputUtilities.GetValueAsync(outputs["size"].ShouldBeOfType<Output<int>>())).ShouldBe(2);
    }

    [Fact]
    public async Task A_program_that_fails_says_why_and_nothing_else()
    {
        (await Should.ThrowAsync<RunException>(RunAsync(() => throw new RunException("the cloud is not set")))).Message.ShouldBe("the cloud is not set");
        (await Should.ThrowAsync<RunException>(RunAsync(() => { _ = new Thing("one", new() { Main = new PartArgs() }); }))).Message.ShouldContain("partName");
        (await Should.ThrowAsync<RunException>(RunAsync(() => new Thing("one").Id.Apply(Refuse)))).Message.ShouldBe("in an apply");
    }

    [Fact]
    public async Task Configuration_is_the_projects_and_comes_from_the_engine()
    {
        Environment.SetEnvironmentVariable(Variable, """{ "lab:name": "n", "lab:count": "3", "lab:on": "true", "lab:tree": "{\"a\":[1,2]}", "other:name": "o" }""");
        await Deployment.TestAsync(new Recording(), new TestOptions { ProjectName = "lab", StackName = "dev" }, async () =>
        {
            var config = new Config();
            config.Require("name").ShouldBe("n");
            new Config("other").Get("name").ShouldBe("o");
            config.GetInt32("count").ShouldBe(3);
            config.GetBoolean("on").ShouldBe(true);
            config.RequireObject<JsonElement>("tree").GetProperty("a")[1].GetInt32().ShouldBe(2);
            config.Get("absent").ShouldBeNull();
            (await Output.IsSecretAsync(config.RequireSecret("name"))).ShouldBeTrue();
            Deployment.Instance.StackName.ShouldBe("dev");
        });

        (await Should.ThrowAsync<RunException>(RunAsync(() => new Config("lab").Require("absent")))).Message.ShouldContain("lab:absent");
        (await Should.ThrowAsync<RunException>(RunAsync(() => new Config("lab").GetInt32("name")))).Message.ShouldContain("lab:name");
    }

    [Fact]
    public async Task Without_the_engine_a_program_does_not_run() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }))).Message.ShouldContain("Pulumi engine");

    private static int Refuse(string value) => throw new RunException("in an apply");

    private static Task RunAsync(Action program) => Deployment.TestAsync(new Recording(), new TestOptions(), () =>
    {
        program();
        return Task.CompletedTask;
    });
}
