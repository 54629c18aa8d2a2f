using System.Globalization;
using Azure;
using Azure.Identity;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Rollouts.Activities;
using Orchestrator.Functions.Weights;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Stages a slice of a model's weights into the region's storage, and in the last one writes the marker without which no server
/// loads them. A second run goes on where the first one was.
/// </summary>
/// <param name="manifests">The releases' manifests, which list the files.</param>
/// <param name="weights">The hub and the storage.</param>
/// <param name="time">The clock.</param>
public sealed class StageWeights(ManifestLibrary manifests, RegionWeights weights, TimeProvider time)
{
    // Less than a function may run, and short enough for an order to stop to be heard.
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(2);

    /// <summary>How far the weights are.</summary>
    [Function(nameof(StageWeights))]
    public async Task<ModelReadiness> RunAsync([ActivityTrigger] ModelOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return await StageAsync(order, cancellationToken);
        }
        catch (StackRefusedException refused)
        {
            return ModelReadiness.Hindered(refused.Message);
        }
        catch (WeightsHubException down)
        {
            // It has been waited for already; the limit for models says how long it may stay so.
            return ModelReadiness.Progressing($"the hub cannot be read: {down.Message}");
        }
        catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException)
        {
            throw new StackUnavailableException($"{order.Region.Target}: staging {order.Change.Name}: {failure.Message.Split('\n')[0]}", failure);
        }
    }

    private async Task<ModelReadiness> StageAsync(ModelOrder order, CancellationToken cancellationToken)
    {
        var target = order.Region.Target;
        var (manifest, refusal) = await manifests.OfAsync(order.Region.Candidate, cancellationToken);
        var wanted = manifest?.Stacks[target.Stack].OpenWeights.FirstOrDefault(one => one.Name == order.Change.Name);
        if (wanted is null)
        {
            return ModelReadiness.Hindered(refusal ?? $"expected {order.Change.Name} in {ReleaseManifest.AssetName}, found none");
        }

        var storage = await weights.StorageOfAsync(target, cancellationToken);
        var folder = new WeightsFolder(storage, wanted);
        if (await folder.IsCompleteAsync(cancellationToken))
        {
            return ModelReadiness.Ready($"{wanted.Files.Count} files are verified");
        }

        if (weights.HubOf(target) is not { } hub)
        {
            return ModelReadiness.Hindered($"expected weightsHub in the configuration of {target.Stack}, because the release brings weights; found none");
        }

        return await StageAsync(new(hub, storage, time), folder, wanted, cancellationToken) ?? await CompleteAsync(folder, wanted, cancellationToken);
    }

    // How far it is when the slice is over; null when every file is verified.
    private async Task<ModelReadiness?> StageAsync(WeightsStager stager, WeightsFolder folder, OpenWeights wanted, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        foreach (var file in (await folder.ProgressAsync(cancellationToken)).Unverified)
        {
            var left = Slice - time.GetElapsedTime(begun);
            var result = left > TimeSpan.Zero ? await stager.StageAsync(wanted, file, left, cancellationToken) : new StagingResult.Progress(0);
            switch (result)
            {
                case StagingResult.Mismatch wrong:
                    return ModelReadiness.Failed($"expected {file.Path} to have SHA-256 {wrong.Expected}, found {wrong.Found}: nothing of it is kept, and nothing serves it");
                case StagingResult.Refused refused:
                    return ModelReadiness.Failed(refused.Reason);
                case StagingResult.Progress:
                    var progress = await folder.ProgressAsync(cancellationToken);
                    return ModelReadiness.Progressing($"{wanted.Files.Count - progress.Unverified.Count} of {wanted.Files.Count} files verified, {Size(progress.StagedBytes)} of {Size(progress.TotalBytes)} staged");
                default:
                    break;
            }
        }

        return null;
    }

    private static async Task<ModelReadiness> CompleteAsync(WeightsFolder folder, OpenWeights wanted, CancellationToken cancellationToken) => await folder.CompleteAsync(cancellationToken) switch
    {
        FolderResult.Complete => ModelReadiness.Ready($"{wanted.Files.Count} files are verified"),
        FolderResult.Refused refused => ModelReadiness.Failed(refused.Reason),

        // Somebody has taken files away meanwhile.
        _ => ModelReadiness.Progressing("files are missing again"),
    };

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };
}
