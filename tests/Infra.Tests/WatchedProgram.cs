using Microsoft.Extensions.Time.Testing;
using Pulumi;

namespace Orchestrator.Infra.Tests;

/// <summary>The program as a stack that sees its resources before they are asked for: a mock is told neither parents nor options.</summary>
internal sealed class WatchedProgram : Stack
{
    // A day on which what ships is fresh.
    private static readonly DateTimeOffset Today = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    // The SDK makes the stack, and passes nothing to it.
    private static readonly AsyncLocal<List<ResourceTransformationArgs>?> Current = new();

    public WatchedProgram()
        : base(new StackOptions { ResourceTransformations = { Note } }) =>
        Results = StackProgram.Run(new FakeTimeProvider(Today), Programs.Folder);

    /// <summary>What came out.</summary>
    public IDictionary<string, object?> Results { get; }

    /// <summary>Has the next program of this flow noted in <paramref name="seen"/>.</summary>
    public static void Watch(List<ResourceTransformationArgs> seen) => Current.Value = seen;

    private static ResourceTransformationResult? Note(ResourceTransformationArgs resource)
    {
        Current.Value!.Add(resource);
        return null;
    }
}
