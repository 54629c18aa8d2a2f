using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Answers;

/// <summary>Answers as a model would: by the book where it knows the question, by a few skills else, and within what the request allows.</summary>
internal sealed class LittleModel(AnswerBook book)
{
    public ChatAnswer Answer(SandboxModel model, ChatRequest request)
    {
        var said = Fit(book.Find(request.Prompt) is { } question ? Know(model, question, request.Seed) : GenericSkills.Answer(request.Prompt, model.Manner), request);
        return said.Tool is { } tool ? Call(said, tool, request) : Say(said, request);
    }

    private Said Know(SandboxModel model, KnownQuestion question, long? seed)
    {
        var quality = model.QualityAt(question.Category);
        var point = book.Place($"jitter of {model.Name}", question) < model.Jitter
            ? StableHash.Share(model.Name, question.Prompt, (seed ?? 0).ToString(CultureInfo.InvariantCulture))
            : book.Place(model.Name, question);
        return point < quality ? question.Right : question.Wrong;
    }

    private static Said Fit(Said said, ChatRequest request)
    {
        if (request.MustCall is { } tool && said.Tool is null)
        {
            return new(string.Empty, Tool: tool.Name, Arguments: tool.Example().ToJsonString());
        }

        if (said.Tool is not null)
        {
            return request.Tools.Any(one => one.Name == said.Tool) ? said : new(GenericSkills.IsChinese(request.Prompt) ? "我需要一个工具才能回答。" : "I would need a tool for that.");
        }

        return request.IsJson && !said.IsRefusal && !IsObject(said.Text) ? said with { Text = new JsonObject { ["answer"] = said.Text }.ToJsonString(ChatJson.Options) } : said;
    }

    private static ChatAnswer Say(Said said, ChatRequest request)
    {
        var text = said.Text;
        foreach (var stop in request.Stop)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            text = at < 0 ? text : text[..at];
        }

        var (tokens, isCut) = Cut(text, request);
        return new(tokens, isCut ? FinishReasons.Length : FinishReasons.Stop, said.IsRefusal);
    }

    private static ChatAnswer Call(Said said, string tool, ChatRequest request)
    {
        var (tokens, isCut) = Cut(said.Arguments, request);
        return new(tokens, isCut ? FinishReasons.Length : FinishReasons.ToolCalls, Tool: tool);
    }

    private static (IReadOnlyList<string> Tokens, bool IsCut) Cut(string text, ChatRequest request)
    {
        var tokens = Tokens.Of(text);
        return request.MaxTokens is { } most && most < tokens.Count ? ([.. tokens.Take(most)], true) : (tokens, false);
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
