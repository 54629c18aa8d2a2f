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

    [Fact]
    public void A_manifest_for_no_stack_is_refused()
    {
        var manifest = ManifestBuilder.Good();
        manifest["stacks"] = new JsonObject();

        ReleaseManifestParser.Parse(manifest.ToJsonString()).Problems.ShouldHaveSingleItem().Path.ShouldBe("$.stacks");
    }
}
