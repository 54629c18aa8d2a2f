using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Functions.Releases;

/// <summary>Reads request bodies that are JSON objects.</summary>
internal static class JsonBody
{
    /// <summary>The body; null when it is larger than <paramref name="limit"/> bytes or no such JSON. No body is an empty object.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request, int limit, CancellationToken cancellationToken)
        where T : class
    {
        if (await RequestBody.ReadAsync(request, limit, cancellationToken) is not { } body)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.IsEmpty ? "{}"u8 : body.Span, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
