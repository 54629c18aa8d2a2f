using System.Collections.Concurrent;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>The images that can be pulled. A revision of any other fails.</summary>
public sealed class ImageRegistry
{
    private readonly ConcurrentDictionary<string, SandboxImage> images = new(StringComparer.Ordinal);

    /// <summary>All images.</summary>
    public IReadOnlyCollection<SandboxImage> All => [.. images.Values];

    /// <summary>Adds an image, or replaces it.</summary>
    public void Add(SandboxImage image) => images[image.Reference] = image;

    /// <summary>The image of that reference, or null.</summary>
    public SandboxImage? Find(string? reference) => reference is not null && images.TryGetValue(reference, out var image) ? image : null;
}

/// <summary>An image, and how the workload in it behaves.</summary>
/// <param name="Reference">The reference by digest, as a container app names it.</param>
/// <param name="Version">The version that the workload reports.</param>
/// <param name="Models">The models that it serves.</param>
/// <param name="Slowness">How many times as long as usual its answers take.</param>
public sealed record SandboxImage(string Reference, string Version, IReadOnlyList<string> Models, double Slowness = 1);
