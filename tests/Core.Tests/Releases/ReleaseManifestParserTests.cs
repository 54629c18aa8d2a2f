using System.Text.Json.Nodes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Core.Tests.Releases;

public sealed class ReleaseManifestParserTests
{
    [Fact]
    public void A_good_manifest_is_read_whole()
    {
        var parsed = ReleaseManifestParser.Parse(ManifestBuilder.Good().ToJsonString());

        parsed.Problems.ShouldBeEmpty();
        var manifest = parsed.Value.ShouldNotBeNull();
        manifest.Version.ShouldBe("1.1.0");
        var closed = manifest.Stacks[Identifier.Parse<StackName>("us-closed")];
        closed.ClosedModels.ShouldHaveSingleItem().ShouldBe(new ClosedModel("OpenAI", "gpt-5", "2026-08-07"));
        closed.Verification!.MaxP95.ShouldBe(TimeSpan.FromMilliseconds(1500));
        closed.Verification.Probe.ShouldBe(new("POST", "/v1/chat/completions", """{"model":"gpt-5"}"""));
        var open = manifest.Stacks[Identifier.Parse<StackName>("china-open")];
        open.OpenWeights.ShouldHaveSingleItem().Files.ShouldHaveSingleItem().Size.ShouldBe(5234139343);
        open.Image.Registry.ShouldBe("contoso.azurecr.cn");
        open.OpenWeights[0].Server!.Arguments.ShouldBe(["--max-model-len=65536"]);
        manifest.Suite.ShouldBe(new("suite.json", Identifier.Parse<Sha256Digest>(ManifestBuilder.Digest)));
    }

    [Fact]
    public void Every_problem_is_listed_with_its_path()
    {
        var manifest = ManifestBuilder.Good();
        manifest["version"] = "1.1";
        manifest.Stack("us-closed")["image"] = "contoso.azurecr.io/gateway:latest";
        manifest.Stack("us-closed")["closedModels"]![0]!["version"] = "";
        manifest.Stack("us-closed")["verification"]!["maxErrorRate"] = 2;
        manifest.Stack("china-open")["openWeights"]![0]!.AsObject().Remove("license");
        manifest.Stack("china-open")["openWeights"]![0]!["files"]![0]!["sha256"] = "abc";
        manifest.Stack("china-open")["colour"] = "red";

        var parsed = ReleaseManifestParser.Parse(manifest.ToJsonString());

        parsed.Value.ShouldBeNull();
        parsed.Problems.Select(problem => problem.Path).ShouldBe(
            [
                "$.version",
                "$.stacks.us-closed.image",
                "$.stacks.us-closed.closedModels[0].version",
                "$.stacks.us-closed.verification.maxErrorRate",
                "$.stacks.china-open.openWeights[0].license",
                "$.stacks.china-open.openWeights[0].files[0].sha256",
                "$.stacks.china-open.colour",
            ],
            ignoreOrder: true);
        parsed.Problems.ShouldAllBe(problem => problem.Message.Contains("expected") && problem.Message.Contains("found"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"version":"1.0.0","version":"1.0.0","stacks":{}}""")]
    public void What_is_no_manifest_at_all_is_refused_at_the_root(string json) =>
        ReleaseManifestParser.Parse(json).Problems.ShouldNotBeEmpty();

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("""{"a":""", 10_000));

        ReleaseManifestParser.Parse(json).Problems.ShouldHaveSingleItem().Path.ShouldBe("$");
    }

    [Fact]
    public void A_manifest_with_a_byte_order_mark_is_read() =>
        ReleaseManifestParser.Parse("\uFEFF" + ManifestBuilder.Good().ToJsonString()).IsValid.ShouldBeTrue();

    [Theory]
    [InlineData("../secrets")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    public void A_weights_file_outside_its_repository_is_refused(string path)
    {
        var manifest = ManifestBuilder.Good();
        manifest.Stack("china-open")["openWeights"]![0]!["files"]![0]!["path"] = path;

        ReleaseManifestParser.Parse(manifest.ToJsonString()).Problems.ShouldHaveSingleItem().Path.ShouldEndWith("files[0].path");
    }

    // The list as sha256sum would print it, with sizes: printf 'a…a  5234139343  model-00001.safetensors\n' | sha256sum.
    [Fact]
    public void Weights_are_identified_by_their_list_of_files_wherever_they_come_from()
    {
        var manifest = ManifestBuilder.Good();
        var weights = Weights(manifest);
        manifest.Stack("china-open")["openWeights"]![0]!["revision"] = new string('c', 40);
        var elsewhere = Weights(manifest);
        manifest.Stack("china-open")["openWeights"]![0]!["files"]![0]!["size"] = 5234139344;

        weights.Digest().Value.ShouldBe("edec30fa089faf84f185a7972342d06d449dd19aae8ddc3aaa5639034ad38a3b");
        elsewhere.Digest().ShouldBe(weights.Digest());
        Weights(manifest).Digest().ShouldNotBe(weights.Digest());
    }

    private static OpenWeights Weights(JsonObject manifest) =>
        ReleaseManifestParser.Parse(manifest.ToJsonString()).Value!.Stacks[Identifier.Parse<StackName>("china-open")].OpenWeights[0];

    [Fact]
    public void A_manifest_for_no_stack_is_refused()
    {
        var manifest = ManifestBuilder.Good();
        manifest["stacks"] = new JsonObject();

        ReleaseManifestParser.Parse(manifest.ToJsonString()).Problems.ShouldHaveSingleItem().Path.ShouldBe("$.stacks");
    }
}
