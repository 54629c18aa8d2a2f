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
            config.RequireBoolean("on").ShouldBeTrue();
            config.RequireInt32("count").ShouldBe(3);
            config.RequireDouble("count").ShouldBe(3.0);
            new Config("lab:config").Get("name").ShouldBe("n");
            Deployment.Instance.StackName.ShouldBe("dev");
        });

        (await Should.ThrowAsync<RunException>(RunAsync(() => new Config("lab").Require("absent")))).Message.ShouldContain("lab:absent");
        (await Should.ThrowAsync<RunException>(RunAsync(() => new Config("lab").GetInt32("name")))).Message.ShouldContain("lab:name");
    }

    [Fact]
    public async Task What_is_asked_for_as_a_secret_is_one_whatever_its_type()
    {
        Environment.SetEnvironmentVariable(Variable, """{ "lab:name": "n", "lab:count": "3", "lab:on": "true", "lab:tree": "{\"a\":[1,2]}" }""");
        await Deployment.TestAsync(new Recording(), new TestOptions { ProjectName = "lab" }, async () =>
        {
            var config = new Config();
            (await SecretAsync(config.GetSecret("name")!)).ShouldBe("n");
            (await SecretAsync(config.RequireSecret("name"))).ShouldBe("n");
            (await SecretAsync(config.GetSecretInt32("count")!)).ShouldBe(3);
            (await SecretAsync(config.RequireSecretInt32("count"))).ShouldBe(3);
            (await SecretAsync(config.GetSecretDouble("count")!)).ShouldBe(3.0);
            (await SecretAsync(config.RequireSecretDouble("count"))).ShouldBe(3.0);
            (await SecretAsync(config.GetSecretBoolean("on")!)).ShouldBeTrue();
            (await SecretAsync(config.RequireSecretBoolean("on"))).ShouldBeTrue();
            (await SecretAsync(config.GetSecretObject<JsonElement>("tree")!)).GetProperty("a")[1].GetInt32().ShouldBe(2);
            (await SecretAsync(config.RequireSecretObject<JsonElement>("tree"))).GetProperty("a")[0].GetInt32().ShouldBe(1);
            config.GetSecret("absent").ShouldBeNull();
            config.GetSecretInt32("absent").ShouldBeNull();
            config.GetSecretObject<JsonElement>("absent").ShouldBeNull();
        });

        (await Should.ThrowAsync<RunException>(RunAsync(() => new Config("lab").RequireSecretObject<JsonElement>("absent")))).Message.ShouldContain("lab:absent");
    }

    [Fact]
    public async Task A_program_may_be_a_stack_whose_properties_come_out()
    {
        var mocks = new Recording();
        var resources = await Deployment.TestAsync<ThingStack>(mocks, new TestOptions { ProjectName = "lab", StackName = "dev", IsPreview = false });

        resources.Select(resource => resource.GetResourceName()).ShouldBe(["lab-dev", "one"], ignoreOrder: true);
        (await OutputUtilities.GetValueAsync(resources.OfType<ThingStack>().Single().Size)).ShouldBe(5);
        mocks.Outputs.Single(outputs => outputs.Urn.EndsWith("::lab-dev", StringComparison.Ordinal)).Outputs.Keys.ShouldBe(["thingSize"]);
    }

    [Fact]
    public async Task Without_the_engine_a_program_does_not_run() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Deployment.RunAsync(() => { }))).Message.ShouldContain("Pulumi engine");

    private static async Task<T> SecretAsync<T>(Output<T> output)
    {
        (await Output.IsSecretAsync(output)).ShouldBeTrue();
        return await OutputUtilities.GetValueAsync(output);
    }

    private static int Refuse(string value) => throw new RunException("in an apply");

    private static Task RunAsync(Action program) => Deployment.TestAsync(new Recording(), new TestOptions(), () =>
    {
        program();
        return Task.CompletedTask;
    });
}
