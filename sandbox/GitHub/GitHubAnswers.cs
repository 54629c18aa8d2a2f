using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.GitHub;

/// <summary>GitHub's ways of answering.</summary>
internal static class GitHubAnswers
{
    private const int LargestPage = 100;
    private const int UsualPage = 30;

    public static IResult Ok(JsonObject? found) => found is null ? throw GitHubException.NotFound() : Json(200, found);

    public static IResult Created(JsonObject made) => Json(201, made);

    /// <summary>One page of a list, with the Link header that names the next.</summary>
    public static IResult Page(HttpContext context, IReadOnlyList<JsonObject> all)
    {
        var size = Math.Clamp(Number(context, "per_page", UsualPage), 1, LargestPage);
        var page = Math.Max(1, Number(context, "page", 1));
        if (all.Count > page * size)
        {
            var query = QueryString.Create(context.Request.Query
                .Where(parameter => parameter.Key != "page")
                .SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value)))
                .Append(KeyValuePair.Create("page", (string?)(page + 1).ToString(CultureInfo.InvariantCulture))));
            context.Response.Headers.Link = $"<{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}{query}>; rel=\"next\"";
        }

        return Json(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(item => item.DeepClone())]));
    }

    public static async Task<JsonObject> BodyAsync(HttpContext context) =>
        await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
            ?? throw new GitHubException(400, "Body should be a JSON object");

    public static IResult Json(int status, JsonNode body) => Results.Text(body.ToJsonString(), "application/json; charset=utf-8", Encoding.UTF8, status);

    private static int Number(HttpContext context, string name, int usual) =>
        int.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : usual;
}
