using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>
/// Brings files of open weights from a hub into a region's own storage, slice by slice: an activity may not run for ever, and a
/// file may be larger than fits into one. A file becomes what servers may read only once the SHA-256 of all its bytes was found
/// to be the manifest's. Two slices of one file at once do no harm: one of them finds out, and what it did is not used.
/// </summary>
/// <param name="hub">Where the files come from.</param>
/// <param name="storage">Where they go.</param>
/// <param name="time">The clock.</param>
/// <param name="options">How files are cut; null for what is good for most.</param>
public sealed class WeightsStager(WeightsHub hub, WeightsStorage storage, TimeProvider time, StagingOptions? options = null)
{
    // Of a slice, at least so much is for the hub, however long earlier slices take to be read again; else a file might never end.
    private const double LeastForHub = 0.5;

    private readonly StagingOptions options = options ?? new();

    /// <summary>Stages a file or goes on with it.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="file">One of their files.</param>
    /// <param name="budget">
    /// How long to go on; at its end what has come is kept. What earlier slices have staged is read from storage first, and half of
    /// the budget is left for the hub in any case: allow for a slice that takes longer by the time that reading takes.
    /// </param>
    /// <param name="cancellationToken">Ends it at once; what has come since the last checkpoint comes again.</param>
    /// <exception cref="WeightsHubException">The hub could not be read, though it was tried again.</exception>
    /// <exception cref="global::Azure.RequestFailedException">Storage could not be reached, though it was tried again.</exception>
    public async Task<StagingResult> StageAsync(OpenWeights weights, WeightsFile file, TimeSpan budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero);
        var begun = time.GetTimestamp();
        var blob = storage.Open(weights.Digest(), file);
        var found = await blob.FindAsync(cancellationToken);
        if (found.IsVerified)
        {
            return new StagingResult.Verified();
        }

        try
        {
            using var slice = new StagingSlice(blob, file, found, options, cancellationToken);
            await slice.RecallAsync();
            if (!slice.IsWhole || found.Version is null)
            {
                var left = budget - time.GetElapsedTime(begun);
                await GoOnAsync(slice, weights, file, left > budget * LeastForHub ? left : budget * LeastForHub, cancellationToken);
            }

            return slice.IsWhole ? await EndAsync(slice, file) : new StagingResult.Progress(slice.Bytes);
        }
        catch (WeightsRefusedException refused)
        {
            return new StagingResult.Refused(refused.Message);
        }
        catch (StagingOvertakenException)
        {
            var now = await blob.FindAsync(cancellationToken);
            return now.IsVerified ? new StagingResult.Verified() : new StagingResult.Progress(now.Bytes);
        }
    }

    private async Task GoOnAsync(StagingSlice slice, OpenWeights weights, WeightsFile file, TimeSpan left, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        await using var reader = hub.Read(weights, file, slice.Bytes, either.Token);
        if (await slice.StageAsync(reader) is WeightsHubException failed)
        {
            throw failed;
        }
    }

    private static async Task<StagingResult> EndAsync(StagingSlice slice, WeightsFile file)
    {
        var digest = await slice.DigestAsync();
        if (digest != file.Sha256)
        {
            await slice.DiscardAsync();
            return new StagingResult.Mismatch(file.Sha256, digest);
        }

        await slice.AcceptAsync();
        return new StagingResult.Verified();
    }
}
