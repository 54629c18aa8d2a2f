using Pulumi;
using StandIns.Tests.Pulumi;

namespace StandIns.Tests.StandInsOnly;

/// <summary>A resource that is refused while it is made ends the run with the reason; the real package's run would not end at all.</summary>
[Collection(PulumiPrograms.Name)]
public sealed class PulumiRefusalTests
{
    [Fact]
    public async Task A_transformation_does_not_change_the_parent() => (await RefusalAsync(() =>
    {
        var group = new Group("group");
        _ = new Thing("stray", options: new() { ResourceTransformations = { args => new(args.Args, new CustomResourceOptions { Parent = group }) } });
    })).ShouldContain("'parent'");

    [Fact]
    public async Task A_component_has_one_provider_or_several_but_not_both() => (await RefusalAsync(() =>
    {
        var north = new LabProvider("north", new() { Region = "north" });
        _ = new Group("group", new() { Provider = north, Providers = { north } });
    })).ShouldContain("'providers'");

    private static async Task<string> RefusalAsync(Action program) =>
        (await Should.ThrowAsync<RunException>(() => Deployment.TestAsync(new Recording(), new(), program))).Message;
}
