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
            PointToNext(context, "page", (page + 1).ToString(CultureInfo.InvariantCulture));
        }

        return Json(200, new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(item => item.DeepClone())]));
    }

    /// <summary>One page of a list that goes by cursors: opaque to callers, each names the item that a page begins with.</summary>
    public static IResult CursorPage(HttpContext context, IReadOnlyList<JsonObject> all)
    {
        var size = Math.Clamp(Number(context, "per_page", UsualPage), 1, LargestPage);
        var cursor = context.Request.Query["cursor"].ToString();
        var rest = all.SkipWhile(item => cursor.Length > 0 && Cursor(item) != cursor).ToArray();
        if (rest.Length == 0 && cursor.Length > 0)
        {
            throw new GitHubException(422, "Invalid cursor");
        }

        if (rest.Length > size)
        {
            PointToNext(context, "cursor", Cursor(rest[size]));
        }

        return Json(200, new JsonArray([.. rest.Take(size).Select(item => item.DeepClone())]));
    }

    public static async Task<JsonObject> BodyAsync(HttpContext context) =>
        await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject
            ?? throw new GitHubException(400, "Body should be a JSON object");

    public static IResult Json(int status, JsonNode body) => Results.Text(body.ToJsonString(), "application/json; charset=utf-8", Encoding.UTF8, status);

    private static string Cursor(JsonObject item) => $"v1_{item["id"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture)}";

    private static void PointToNext(HttpContext context, string parameter, string next)
    {
        var query = QueryString.Create(context.Request.Query
            .Where(given => given.Key != parameter)
            .SelectMany(given => given.Value.Select(value => KeyValuePair.Create(given.Key, value)))
            .Append(KeyValuePair.Create(parameter, (string?)next)));
        context.Response.Headers.Link = $"<{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}{query}>; rel=\"next\"";
    }

    private static int Number(HttpContext context, string name, int usual) =>
        int.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : usual;
}
