using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace StandIns.Tests.Pulumi;

[Collection(PulumiPrograms.Name)]
public sealed class ResourceTests
{
    private static readonly TestOptions Update = new() { ProjectName = "lab", StackName = "dev", IsPreview = false };

    [Fact]
    public async Task Inputs_arrive_as_the_engine_sees_them()
    {
        var mocks = new Recording();
        await Deployment.TestAsync(mocks, Update, () =>
        {
            _ = new Thing("one", new()
            {
                Size = 3,
                DisplayName = Output.CreateSecret("hidden"),
                Main = new PartArgs { PartName = "core", Weight = 0.5 },
                Labels = { ["team"] = "a" },
                Parts = { new PartArgs { PartName = "x" }, new PartArgs { PartName = Output.Create("y") } },
            });
        });

        var inputs = mocks["one"].Inputs;
        inputs.Keys.Order().ShouldBe(["displayName", "labels", "main", "parts", "size"]);
        inputs["size"].ShouldBe(3.0);
        inputs["displayName"].ShouldBe("hidden");
        Map(inputs["main"])["weight"].ShouldBe(0.5);
        Map(inputs["labels"])["team"].ShouldBe("a");
        ((ImmutableArray<object>)inputs["parts"]).Select(part => Map(part)["partName"]).ShouldBe(["x", "y"]);
        mocks["one"].Type.ShouldBe("lab:index:Thing");
        mocks["one"].Provider.ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Outputs_come_from_the_answer_in_their_own_types()
    {
        Thing? thing = null;
        await Deployment.TestAsync(
            new Recording
            {
                State = _ => ImmutableDictionary<string, object>.Empty
                    .Add("size", 7.0)
                    .Add("labels", ImmutableDictionary<string, object>.Empty.Add("a", "b"))
                    .Add("parts", ImmutableArray.Create<object>(ImmutableDictionary<string, object>.Empty.Add("partName", "x").Add("weight", 1.5))),
            },
            Update,
            () => { thing = new("one"); });

        (await OutputUtilities.GetValueAsync(thing!.Id)).ShouldBe("one-id");
        (await OutputUtilities.GetValueAsync(thing.Urn)).ShouldBe("urn:pulumi:dev::lab::pulumi:pulumi:Stack$lab:index:Thing::one");
        (await OutputUtilities.GetValueAsync(thing.Size)).ShouldBe(7);
        (await OutputUtilities.GetValueAsync(thing.Labels))["a"].ShouldBe("b");
        var part = (await OutputUtilities.GetValueAsync(thing.Parts)).ShouldHaveSingleItem();
        (part.PartName, part.Weight).ShouldBe(("x", 1.5));
        (await OutputUtilities.GetValueAsync(thing.Address)).ShouldBeNull();
        (await OutputUtilities.GetDependenciesAsync(thing.Size.Apply(size => size + 1))).ShouldContain(thing);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_the_answer_lacks_is_unknown_in_a_preview_only(bool isPreview, bool known)
    {
        var isKnown = false;
        await Deployment.TestAsync(new Recording(), new TestOptions { IsPreview = isPreview }, async () =>
        {
            isKnown = await OutputUtilities.GetIsKnownAsync(new Thing("one").Address);
        });

        isKnown.ShouldBe(known);
    }

    [Fact]
    public async Task What_is_unknown_does_not_reach_a_mock_and_what_is_beside_it_does()
    {
        var mocks = new Recording();
        await Deployment.TestAsync(mocks, new TestOptions(), () =>
        {
            var first = new Thing("first");
            _ = new Thing("second", new() { DisplayName = first.Address!, Size = 1 });
        });

        mocks["second"].Inputs.Keys.ShouldBe(["size"]);
    }

    [Fact]
    public async Task What_depends_on_a_component_comes_after_its_children()
    {
        var mocks = new Recording();
        await Deployment.TestAsync(mocks, Update, () =>
        {
            var group = new Group("group");
            _ = new Thing("last", options: new() { DependsOn = { group } });
        });

        mocks.Asked.Select(asked => asked.Name).ShouldBe(["group", "group-first", "last"]);
    }

    [Fact]
    public async Task A_components_provider_makes_its_children()
    {
        var mocks = new Recording();
        await Deployment.TestAsync(mocks, Update, () =>
        {
            var provider = new LabProvider("north", new() { Region = "north", Strict = true });
            _ = new Group("group", new() { Provider = provider });
            _ = new Thing("alone");
        });

        mocks["north"].Type.ShouldBe("pulumi:providers:lab");
        mocks["north"].Inputs["strict"].ShouldBe("true");
        mocks["group-first"].Provider.ShouldNotBeNull().ShouldEndWith("pulumi:providers:lab::north::north-id");
        mocks["alone"].Provider.ShouldBeNullOrEmpty();
        mocks.Outputs.Single(outputs => outputs.Urn.EndsWith("::group", StringComparison.Ordinal)).Outputs.Keys.ShouldBe(["first"]);
    }

    [Fact]
    public async Task A_transformation_sees_what_is_below_it_first_those_that_are_nearer_and_may_change_it()
    {
        var (mocks, seen) = (new Recording(), new List<string>());
        await Deployment.TestAsync(mocks, Update, () =>
        {
            _ = new Group("group", new() { ResourceTransformations = { See("of the group") } });
            _ = new Thing("alone", new() { Size = 1 }, new() { ResourceTransformations = { See("its own"), Grow } });
        });

        seen.ShouldBe(["of the group: group under ", "of the group: group-first under group", "its own: alone under "]);
        mocks["alone"].Inputs["size"].ShouldBe(9.0);
        mocks["group-first"].Inputs["size"].ShouldBe(1.0);

        ResourceTransformation See(string whose) => args =>
        {
            seen.Add($"{whose}: {args.Resource.GetResourceName()} under {args.Options.Parent?.GetResourceName()}");
            return null;
        };
    }

    private static ResourceTransformationResult? Grow(ResourceTransformationArgs args) => new(new ThingArgs { Size = 9 }, args.Options);

    private static ImmutableDictionary<string, object> Map(object value) => (ImmutableDictionary<string, object>)value;
}
