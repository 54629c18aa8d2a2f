namespace Orchestrator.Functions.Weights;

/// <summary>How files are cut and how much is under way at once: a file takes <c>(Uploads + 1) × block</c> of memory, whatever its size.</summary>
/// <param name="BlockSize">The least size of a block in bytes; blocks grow where a file would need more than storage takes.</param>
/// <param name="Uploads">How many blocks are on their way to storage, or from it, while the next one comes in.</param>
/// <param name="BlocksPerCheckpoint">After how many blocks what is staged becomes part of the blob, so that a crash loses no more.</param>
public sealed record StagingOptions(int BlockSize = 8 * 1024 * 1024, int Uploads = 3, int BlocksPerCheckpoint = 64)
{
    // Storage takes 50,000 blocks ("Put Block List"); each slice may end with a short one.
    private const int MostBlocks = 40_000;

    /// <summary>The size of the blocks that a file of <paramref name="size"/> bytes is cut into, in bytes.</summary>
    public int BlockSizeOf(long size) => (int)Math.Max(BlockSize, ((size - 1) / MostBlocks) + 1);
}
