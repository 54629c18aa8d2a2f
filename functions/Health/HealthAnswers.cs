using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Functions.Health;

/// <summary>Answers in the manner of ASP.NET's health checks: 200 while something can be used, 503 when it cannot.</summary>
internal static class HealthAnswers
{
    public static IResult Of(HealthReport report) => TypedResults.Json(
        new Report(
            report.Status,
            report.TotalDuration,
            report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new Entry(entry.Value.Status, entry.Value.Description, entry.Value.Duration, entry.Value.Data))),
        ViewAnswers.Json,
        statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);

    public static IResult Unknown(string what, string expected) =>
        TypedResults.Problem($"expected {expected}, found '{what}'", statusCode: StatusCodes.Status404NotFound);

    private sealed record Report(
        [property: JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))] HealthStatus Status,
        TimeSpan TotalDuration,
        IReadOnlyDictionary<string, Entry> Entries);

    private sealed record Entry(
        [property: JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))] HealthStatus Status,
        string? Description,
        TimeSpan Duration,
        IReadOnlyDictionary<string, object> Data);
}
