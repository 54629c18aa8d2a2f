using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace StandIns.Tests.Pulumi;

[Collection(PulumiPrograms.Name)]
public sealed class OutputTests
{
    [Fact]
    public Task A_value_goes_through_every_kind_of_apply() => InAProgramAsync(async () =>
    {
        var two = Output.Create(2);

        (await ValueAsync(two.Apply(value => value + 1))).ShouldBe(3);
        (await ValueAsync(two.Apply(value => Task.FromResult(value + 2)))).ShouldBe(4);
        (await ValueAsync(two.Apply(value => Output.Create(value + 3)))).ShouldBe(5);
        (await ValueAsync(((Input<int>)7).Apply(value => value + 1))).ShouldBe(8);
    });

    [Fact]
    public Task Outputs_are_put_together_in_order() => InAProgramAsync(async () =>
    {
        var (a, b) = (Output.Create("a"), Output.Create("b"));

        (await ValueAsync(Output.All(a, b))).ShouldBe(["a", "b"]);
        (await ValueAsync(Output.Tuple(a, Output.Create(1)))).ShouldBe(("a", 1));
        (await ValueAsync(Output.Tuple((Input<string>)"x", (Input<int>)2))).ShouldBe(("x", 2));
        (await ValueAsync(Output.Format($"https://{a}.{b}:{8080}/"))).ShouldBe("https://a.b:8080/");
        (await ValueAsync(Output.JsonSerialize(Output.Create(new[] { 1, 2 })))).ShouldBe("[1,2]");
        (await ValueAsync(Output.JsonDeserialize<int[]>(Output.Create("[1,2]")))).ShouldBe([1, 2]);
    });

    [Fact]
    public Task A_secret_stays_one_through_everything_but_unsecret() => InAProgramAsync(async () =>
    {
        var (secret, plain) = (Output.CreateSecret("hidden"), Output.Create("plain"));

        (await Output.IsSecretAsync(plain)).ShouldBeFalse();
        (await Output.IsSecretAsync(secret.Apply(value => value.Length))).ShouldBeTrue();
        (await Output.IsSecretAsync(plain.Apply(_ => secret))).ShouldBeTrue();
        (await Output.IsSecretAsync(Output.All(plain, secret))).ShouldBeTrue();
        (await Output.IsSecretAsync(Output.Tuple(plain, secret))).ShouldBeTrue();
        (await Output.IsSecretAsync(Output.Format($"{plain}{secret}"))).ShouldBeTrue();
        (await Output.IsSecretAsync(Output.CreateSecret(plain))).ShouldBeTrue();
        (await Output.IsSecretAsync(Output.Unsecret(secret))).ShouldBeFalse();
        (await ValueAsync(Output.Unsecret(secret))).ShouldBe("hidden");
    });

    [Fact]
    public Task What_is_unknown_in_a_preview_is_not_applied() => InAProgramAsync(async () =>
    {
        var unknown = OutputUtilities.CreateUnknown("not this");
        var called = false;
        var applied = unknown.Apply(_ => called = true);

        (await OutputUtilities.GetIsKnownAsync(applied)).ShouldBeFalse();
        (await OutputUtilities.GetIsKnownAsync(Output.Tuple(unknown, Output.Create(1)))).ShouldBeFalse();
        called.ShouldBeFalse();
    });

    [Fact]
    public Task An_output_does_not_pretend_to_be_its_value() => InAProgramAsync(() =>
    {
        Output.Create("value").ToString().ShouldContain("not supported");
        return Task.CompletedTask;
    });

    [Fact]
    public Task Lists_and_maps_take_values_and_outputs() => InAProgramAsync(async () =>
    {
        InputList<string> list = ["a", Output.Create("b")];
        list.Add("c");
        InputMap<string> first = new() { { "x", "1" }, { "y", Output.Create("1") } };
        InputMap<string> second = new() { ["y"] = "2" };

        (await ValueAsync<System.Collections.Immutable.ImmutableArray<string>>(list)).ShouldBe(["a", "b", "c"]);
        (await ValueAsync<System.Collections.Immutable.ImmutableDictionary<string, string>>(InputMap<string>.Merge(first, second)))
            .OrderBy(item => item.Key).ShouldBe([new("x", "1"), new("y", "2")]);
    });

    private static Task<T> ValueAsync<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);

    private static Task InAProgramAsync(Func<Task> program) => Deployment.TestAsync(new Recording(), new TestOptions(), program);
}
