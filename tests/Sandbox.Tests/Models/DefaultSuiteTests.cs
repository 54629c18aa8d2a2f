using System.Text.Json.Nodes;
using Jint;
using Orchestrator.Sandbox.Models;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>The default suite against models of the sandbox: good ones pass, bad ones fail, and as much as they should.</summary>
public sealed class DefaultSuiteTests
{
    [Fact]
    public void The_suite_has_what_it_takes_to_judge_a_model()
    {
        var count = SuiteQuestion.All.CountBy(question => question.Category).ToDictionary();

        SuiteQuestion.All.Count.ShouldBe(40);
        SuiteQuestion.All.Select(question => question.Id).Distinct().Count().ShouldBe(40);
        count.ShouldBe(new Dictionary<string, int> { ["coding"] = 10, ["json"] = 6, ["tools"] = 6, ["english"] = 5, ["chinese"] = 6, ["refusal"] = 7 }, ignoreOrder: true);
        SuiteQuestion.All.Where(question => question.Case["short"] is not null).Select(question => question.Category).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void Every_prompt_is_in_the_answer_book_and_nothing_else_is()
    {
        var answers = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("sandbox", "Models", "answers.json")))!["answers"]!.AsArray();

        answers.Select(answer => (answer!.Text("prompt"), answer!.Text("category"))).ShouldBe(SuiteQuestion.All.Select(question => (question.Prompt, question.Category)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_good_model_answers_every_case_right()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await RightAsync(sandbox, SandboxModel.Open("qwen3", ModelServers.Digest))).ShouldBe(SuiteQuestion.All.Select(question => question.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_model_that_knows_nothing_answers_every_case_wrong()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        (await RightAsync(sandbox, SandboxModel.Open("qwen3", ModelServers.Digest, quality: 0))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Code_runs_whether_it_is_right_or_wrong()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        foreach (var quality in (double[])[0, 1])
        {
            var server = sandbox.ServeExternally(SandboxModel.Open("qwen3", ModelServers.Digest, quality));
            foreach (var question in SuiteQuestion.All.Where(question => question.Category == "coding"))
            {
                var function = question.Graders.First(grader => grader.Text("kind") == "code").Text("function");
                var script = AnswerGrade.Script(await sandbox.PostAsync(server, "v1/chat/completions", question.Request("qwen")).TextAsync());
                using var engine = new Engine();

                engine.Evaluate($"{script}\ntypeof {function}").AsString().ShouldBe("function", question.Id);
            }
        }
    }

    [Fact]
    public async Task A_model_of_middling_quality_fails_the_same_share_of_cases_each_time_and_a_better_one_knows_all_that_it_does()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var first = await RightAsync(sandbox, SandboxModel.Open("qwen3", ModelServers.Digest, quality: 0.6));
        var again = await RightAsync(sandbox, SandboxModel.Open("qwen3", ModelServers.Digest, quality: 0.6), seed: 8);
        var better = await RightAsync(sandbox, SandboxModel.Open("qwen3", ModelServers.OtherDigest, quality: 0.8));
        var other = await RightAsync(sandbox, SandboxModel.Open("deepseek", ModelServers.Digest, quality: 0.6));

        first.Count.ShouldBe(24);
        again.ShouldBe(first);
        better.Count.ShouldBe(32);
        first.ShouldBeSubsetOf(better);
        other.Count.ShouldBe(24);
        other.ShouldNotBe(first);
    }

    [Fact]
    public async Task Some_answers_of_a_model_with_jitter_depend_on_the_seed()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var model = SandboxModel.Open("qwen3", ModelServers.Digest, quality: 0.6) with { Jitter = 0.5 };

        var first = await RightAsync(sandbox, model, seed: 1);
        var again = await RightAsync(sandbox, model, seed: 1);
        var other = await RightAsync(sandbox, model, seed: 2);

        again.ShouldBe(first);
        first.Except(other).Concat(other.Except(first)).Count().ShouldBeInRange(1, 20);
    }

    [Fact]
    public async Task A_model_can_be_bad_at_one_category_alone()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var model = SandboxModel.Open("qwen3", ModelServers.Digest);

        var right = await RightAsync(sandbox, model with { CategoryQuality = model.CategoryQuality.Add("chinese", 0) });

        SuiteQuestion.All.Where(question => !right.Contains(question.Id)).Select(question => question.Category).ToArray().ShouldBe(Enumerable.Repeat("chinese", 6));
    }

    // Asks every case of a model without a content filter before it.
    private static async Task<IReadOnlyList<string>> RightAsync(RunningSandbox sandbox, SandboxModel model, long seed = 7)
    {
        var server = sandbox.ServeExternally(model);
        var right = new List<string>();
        foreach (var question in SuiteQuestion.All)
        {
            if (await AnswerGrade.IsRightAsync(question, await sandbox.PostAsync(server, "v1/chat/completions", question.Request("qwen", seed)).ChoiceAsync()))
            {
                right.Add(question.Id);
            }
        }

        return right;
    }
}
