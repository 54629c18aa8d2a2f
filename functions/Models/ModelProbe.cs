using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Asks a model itself, with the smallest of requests: whether it answers, and as what. Loading is over when it does, not before.</summary>
/// <param name="addresses">Where models answer.</param>
/// <param name="time">The clock.</param>
public sealed class ModelProbe(ModelAddresses addresses, TimeProvider time)
{
    private const int MostNames = 100;
    private const int LongestName = 300;

    // A first answer may have to warm up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What answers a completion.</summary>
    public async Task<ModelAnswer> AskAsync(RegionTarget target, ModelKind kind, ModelEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var body = new JsonObject
        {
            ["model"] = entry.Asked,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Answer with the word ready." }),
            ["max_tokens"] = 16,
            ["temperature"] = 0,
        };
        var answer = await SendAsync(target, kind, entry, HttpMethod.Post, "chat/completions", body, cancellationToken);
        return answer.Status == 200 ? answer with { Model = Short((answer.Body?["model"]).Text()) } : answer;
    }

    /// <summary>The names that a server serves models under; null when it does not answer yet.</summary>
    public async Task<(IReadOnlyList<string>? Names, string Detail)> ServedAsync(RegionTarget target, ModelKind kind, ModelEntry entry, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(target, kind, entry, HttpMethod.Get, "models", null, cancellationToken);
        return answer.Status == 200
            ? ([.. (answer.Body?["data"] as JsonArray ?? []).Select(model => Short((model?["id"]).Text())).OfType<string>().Take(MostNames)], string.Empty)
            : (null, answer.Detail);
    }

    private async Task<ModelAnswer> SendAsync(RegionTarget target, ModelKind kind, ModelEntry entry, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(ModelAddresses.ApiOf(kind, entry), path));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = await addresses.TokenAsync(target, entry, cancellationToken) is { } token ? new("Bearer", token) : null;
        foreach (var (name, value) in entry.Headers ?? new Dictionary<string, string>())
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await addresses.ClientOf(target).SendAsync(request, linked.Token);
            var node = await JsonAsync(response, linked.Token);

            // What a server says of an error may be anything, and what is told here is told on GitHub too.
            var status = StatusOf(response);
            return new(status, null, response.IsSuccessStatusCode ? string.Empty : $"status {status}") { Body = node };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(null, null, "no answer within the time limit");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new(null, null, $"no connection: {failure.Message}");
        }
    }

    // An online endpoint answers 424 whatever its server has answered but success, which a header says. Source: Azure Machine Learning,
    // troubleshooting online endpoints.
    private static int StatusOf(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.FailedDependency
            && response.Headers.TryGetValues("ms-azureml-model-error-statuscode", out var told)
            && int.TryParse(told.FirstOrDefault(), CultureInfo.InvariantCulture, out var status)
            ? status
            : (int)response.StatusCode;

    private static async Task<JsonNode?> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        }
        catch (Exception none) when (none is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? Short(string? name) => name is { Length: > LongestName } ? $"{name[..LongestName]}…" : name;
}

/// <summary>What a model has answered.</summary>
/// <param name="Status">The HTTP status; null when nothing answered.</param>
/// <param name="Model">What it says that it is; null without an answer.</param>
/// <param name="Detail">Why there was none.</param>
public sealed record ModelAnswer(int? Status, string? Model, string Detail)
{
    internal JsonNode? Body { get; init; }

    /// <summary>Whether it may answer later: still loading, or busy.</summary>
    public bool MayComeYet => Status is null or 404 or 408 or 409 or 424 or 429 or >= 500;
}
