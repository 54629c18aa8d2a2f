namespace Orchestrator.Sandbox.Weights;

/// <summary>A blob: blocks that make up its content, and blocks that wait to become some of it.</summary>
internal sealed class StoredBlob(string name)
{
    public string Name => name;

    /// <summary>The blocks of the content, in order; null before any were committed, when the blob is not there yet. Replaced, never changed.</summary>
    public IReadOnlyList<BlobBlock>? Committed { get; private set; }

    /// <summary>Blocks by id that wait.</summary>
    public Dictionary<string, BlobBlock> Waiting { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    public string ContentType { get; private set; } = string.Empty;

    public string ETag { get; private set; } = string.Empty;

    public DateTimeOffset ModifiedAt { get; private set; }

    public long Size => Committed?.Sum(block => block.Size) ?? 0;

    /// <summary>Gives it new content; the result is the blocks that belong to nothing any more.</summary>
    public IReadOnlyList<BlobBlock> Commit(IReadOnlyList<BlobBlock> blocks, IReadOnlyDictionary<string, string> metadata, string contentType, DateTimeOffset now)
    {
        var kept = blocks.ToHashSet();
        BlobBlock[] dropped = [.. (Committed ?? []).Concat(Waiting.Values).Where(block => !kept.Contains(block)).Distinct()];
        (Committed, ContentType) = (blocks, contentType);
        Waiting.Clear();
        Describe(metadata, now);
        return dropped;
    }

    public void Describe(IReadOnlyDictionary<string, string> metadata, DateTimeOffset now) =>
        (Metadata, ETag, ModifiedAt) = (metadata, $"\"0x{Guid.NewGuid():N}\"", now);
}

/// <summary>A block, whose content is a file of this machine.</summary>
internal sealed record BlobBlock(string Id, string File, long Size);
