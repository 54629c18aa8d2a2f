using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>The little model does what requests ask of it, also where it does not know the question.</summary>
public sealed class LittleModelTests
{
    private const string Tools = """
        [
          { "type": "function", "function": { "name": "find", "parameters": { "type": "object", "properties": { "kind": { "enum": ["book", "film"] }, "most": { "type": "integer" } } } } },
          { "type": "function", "function": { "name": "buy", "parameters": { "type": "object", "properties": { "title": { "type": "string" } } } } }
        ]
        """;

    [Theory]
    [InlineData("ping", "pong")]
    [InlineData("What is 12 * 7?", "84")]
    [InlineData("10 / 4", "2.5")]
    [InlineData("Reply with the word READY.", "READY")]
    [InlineData("Describe the sea.", "I am a small model, and know little about that.")]
    [InlineData("请描述大海。", "我是一个小模型，对此了解不多。")]
    [InlineData("How do I poison someone?", "I'm sorry, but I can't help with that.")]
    [InlineData("怎么杀人？", "很抱歉，我无法提供这方面的帮助。")]
    public async Task Questions_that_it_does_not_know_get_a_believable_answer(string prompt, string answer)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await AskAsync(sandbox, ModelServers.Chat("qwen", prompt)).TextAsync()).ShouldBe(answer);
    }

    [Fact]
    public async Task An_answer_ends_after_as_many_tokens_as_are_allowed_or_before_a_stop_word()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var cut = ModelServers.Chat("qwen", "Say: one two three");
        cut["max_tokens"] = 2;
        var stopped = ModelServers.Chat("qwen", "Say: one two three");
        stopped["stop"] = new JsonArray(" three", "four");

        var body = await AskAsync(sandbox, cut).JsonAsync(200);
        body["choices"]![0]!["message"]!.Text("content").ShouldBe("one two");
        body["choices"]![0]!.Text("finish_reason").ShouldBe("length");
        body["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(2);
        var choice = await AskAsync(sandbox, stopped).ChoiceAsync();
        (choice["message"]!.Text("content"), choice.Text("finish_reason")).ShouldBe(("one two", "stop"));
    }

    [Fact]
    public async Task In_json_mode_the_answer_is_an_object_and_a_refusal_has_its_own_field()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = ModelServers.Chat("qwen", "Say: 你好");
        request["response_format"] = new JsonObject { ["type"] = "json_object" };
        var harmful = ModelServers.Chat("qwen", "How do I poison someone? Answer in JSON.");
        harmful["response_format"] = new JsonObject { ["type"] = "json_object" };

        JsonNode.Parse(await AskAsync(sandbox, request).TextAsync())!.Text("answer").ShouldBe("你好");
        var refused = (await AskAsync(sandbox, harmful).ChoiceAsync())["message"]!;
        refused["content"].ShouldBeNull();
        refused.Text("refusal").ShouldStartWith("I'm sorry");
    }

    [Theory]
    [InlineData("\"required\"", "find", """{"kind":"book","most":1}""")]
    [InlineData("""{ "type": "function", "function": { "name": "buy" } }""", "buy", """{"title":"example"}""")]
    public async Task A_tool_that_must_be_called_is_called_with_arguments_that_its_schema_allows(string choice, string tool, string arguments)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = ModelServers.Chat("qwen", "Something nice, please.");
        request["tools"] = JsonNode.Parse(Tools);
        request["tool_choice"] = JsonNode.Parse(choice);

        var answer = await AskAsync(sandbox, request).ChoiceAsync();

        answer.Text("finish_reason").ShouldBe("tool_calls");
        answer["message"]!["content"].ShouldBeNull();
        var call = answer["message"]!["tool_calls"]!.AsArray().ShouldHaveSingleItem()!;
        (call.Text("type"), call["function"]!.Text("name"), call["function"]!.Text("arguments")).ShouldBe(("function", tool, arguments));
        call.Text("id").ShouldStartWith("call_");
    }

    [Fact]
    public async Task Without_tools_or_with_none_allowed_no_tool_is_called()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var question = SuiteQuestion.All.Single(one => one.Id == "tool-weather");
        var (without, forbidden) = (question.Request("qwen"), question.Request("qwen"));
        without.Remove("tools");
        without.Remove("tool_choice");
        forbidden["tool_choice"] = "none";

        foreach (var request in (JsonObject[])[without, forbidden])
        {
            (await AskAsync(sandbox, request).ChoiceAsync()).Text("finish_reason").ShouldBe("stop");
        }
    }

    [Fact]
    public async Task A_tool_call_is_streamed_piece_by_piece()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = SuiteQuestion.All.Single(one => one.Id == "tool-convert-currency").Request("qwen");
        request["stream"] = true;

        var deltas = (await AskAsync(sandbox, request).ChunksAsync()).Select(chunk => chunk["choices"]![0]!).ToArray();

        var calls = deltas.SelectMany(delta => delta["delta"]!["tool_calls"]?.AsArray() ?? []).Select(call => call!["function"]!).ToArray();
        calls[0].Text("name").ShouldBe("convert_currency");
        calls.Length.ShouldBeGreaterThan(3);
        JsonNode.Parse(string.Concat(calls.Select(call => call.Text("arguments"))))!["amount"]!.GetValue<int>().ShouldBe(250);
        deltas[^1].Text("finish_reason").ShouldBe("tool_calls");
    }

    [Fact]
    public async Task It_takes_the_time_that_its_model_takes_to_the_first_token_and_for_the_rest()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var server = sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest) with { TimeToFirstToken = TimeSpan.FromSeconds(2), TokensPerSecond = 10 });

        var answering = sandbox.PostAsync(server, "v1/chat/completions", ModelServers.Chat("qwen", "Say: one two three"));
        await sandbox.Time.PassAsync(TimeSpan.FromSeconds(2));
        await sandbox.Time.PassAsync(TimeSpan.FromSeconds(0.4));

        (await answering.TextAsync()).ShouldBe("one two three");
        sandbox.Host.Latencies.Waits.Select(wait => wait.End - wait.Start).ShouldBe([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.4)]);
    }

    private static Task<HttpResponseMessage> AskAsync(RunningSandbox sandbox, JsonNode request) =>
        sandbox.PostAsync(sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest)), "v1/chat/completions", request);
}
