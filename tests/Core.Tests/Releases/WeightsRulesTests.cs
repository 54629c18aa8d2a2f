using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Core.Tests.Releases;

public sealed class WeightsRulesTests
{
    private static readonly string[] Good = ["config.json", "tokenizer.json", "tokenizer_config.json", "model-00001-of-00001.safetensors", "LICENSE"];

    [Theory]
    [InlineData("config.json", "tokenizer.json", "chat_template.jinja", "model.safetensors")]
    [InlineData("config.json", "tokenizer.model", "chat_template.json", "weights/model.gguf")]
    [InlineData("config.json", "tiktoken.model", "tokenizer_config.json", "pytorch_model.bin")]
    [InlineData("config.json", "vocab.json", "merges.txt", "chat_template.jinja", "model.safetensors", "modeling_custom.py")]
    public void Weights_with_all_that_a_server_needs_are_good(params string[] paths) =>
        Problems(paths).ShouldBeEmpty();

    [Theory]
    [InlineData("config.json", "$.w.files: expected the model's configuration, config.json; found none among 4 files")]
    [InlineData("tokenizer.json", "$.w.files: expected a tokenizer: tokenizer.json, tokenizer.model, tiktoken.model, or vocab.json with merges.txt; found none among 4 files")]
    [InlineData("tokenizer_config.json", "$.w.files: expected a chat template: chat_template.jinja, chat_template.json or tokenizer_config.json; found none among 4 files")]
    [InlineData("model-00001-of-00001.safetensors", "$.w.files: expected at least one file of weights: *.safetensors, *.gguf or *.bin; found none among 4 files")]
    public void What_is_missing_is_said(string missing, string problem) =>
        Problems([.. Good.Where(path => path != missing)]).ShouldBe([problem]);

    [Theory]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    public void Half_a_tokenizer_is_none(string half) =>
        Problems([half, .. Good.Where(path => path != "tokenizer.json")]).ShouldHaveSingleItem().ShouldContain("expected a tokenizer");

    [Fact]
    public void What_a_server_needs_is_at_the_top() =>
        Problems([.. Good.Select(path => $"fp8/{path}")]).Length.ShouldBe(3);

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Problems([]).Length.ShouldBe(4);

    [Fact]
    public void A_path_that_is_there_twice_is_found_where_it_is_repeated() =>
        Problems([.. Good, "config.json"]).ShouldBe(["$.w.files[5].path: expected each path once, found 'config.json' again"]);

    [Fact]
    public void The_marker_of_staged_weights_cannot_be_brought_along() =>
        Problems([.. Good, WeightsRules.MarkerPath]).ShouldHaveSingleItem().ShouldStartWith("$.w.files[5].path: expected any path but '.verified.json'");

    private static string[] Problems(string[] paths) => [.. WeightsRules
        .Check(new("m", "owner/m", Identifier.Parse<CommitSha>(new string('b', 40)), "MIT", [.. paths.Select(path => new WeightsFile(path, 1, Sha256Digest.Of([])))]), "$.w")
        .Select(problem => problem.ToString())];
}
