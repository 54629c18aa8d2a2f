using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Orchestrator.Engine.History;

/// <summary>Failure details as they are stored.</summary>
internal sealed record Failure(
    [property: JsonPropertyName("t")] string Type,
    [property: JsonPropertyName("m")] string Message,
    [property: JsonPropertyName("s")] string? StackTrace,
    [property: JsonPropertyName("i")] Failure? Inner)
{
    public static Failure Of(Exception exception) => new(
        exception.GetType().ToString(),
        exception.Message,
        exception.StackTrace,
        exception.InnerException is { } inner ? Of(inner) : null);

    public TaskFailureDetails Details() => new(Type, Message, StackTrace, Inner?.Details(), null);
}
