using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Functions.Rollouts;

/// <summary>The HTTP answers that show runs.</summary>
internal static class ViewAnswers
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static IResult Of<T>(T? view, string what, string id)
        where T : class =>
        view is null
            ? TypedResults.Problem($"expected the id of a {what}, found '{id}', which is none", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Json(view, Json);
}
