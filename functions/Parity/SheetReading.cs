using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Parity;

/// <summary>Reads the sheets of stacks that others drive from the release.</summary>
/// <param name="assets">The release's assets.</param>
/// <param name="time">The clock.</param>
public sealed class SheetReading(ReleaseAssets assets, TimeProvider time)
{
    /// <summary>Each stack's sheet for what is compared, or why there is none to be used.</summary>
    public async Task<IReadOnlyDictionary<StackName, (ScoreSheet? Sheet, string? Missing)>> ReadAsync(ParityOrder order, IReadOnlyList<StackName> stacks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(stacks);
        var found = new Dictionary<StackName, (ScoreSheet?, string?)>();
        try
        {
            var release = stacks.Count > 0 ? await assets.ReleaseAsync(order.Key.Repository, order.Key.Tag) : null;
            foreach (var stack in stacks)
            {
                found[stack] = await ReadAsync(release, order, stack, cancellationToken);
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && WriteFailure.Of(failure, time.GetUtcNow()) is not null)
        {
            foreach (var stack in stacks.Where(stack => !found.ContainsKey(stack)))
            {
                found[stack] = (null, "has scores that cannot be asked for, because GitHub does not answer");
            }
        }

        return found;
    }

    private async Task<(ScoreSheet?, string?)> ReadAsync(ReleaseResource? release, ParityOrder order, StackName stack, CancellationToken cancellationToken)
    {
        var name = ScoreSheet.AssetOf(stack);
        if (release?.Assets.FirstOrDefault(asset => asset.Name == name && asset.State == "uploaded") is not { } asset)
        {
            return (null, "has published no scores yet");
        }

        var bytes = asset.Size > ScoreSheet.LargestSize ? new byte[ScoreSheet.LargestSize + 1] : await assets.ReadAsync(asset, ScoreSheet.LargestSize, cancellationToken);
        var (sheet, refusal) = SheetJson.Read(bytes, stack, order.Key.Tag);
        return sheet switch
        {
            null => (null, $"has published {name}, which is refused: {refusal}"),
            _ when order.IsFor(sheet.Manifest) => (sheet, null),
            { Manifest: null } => (null, $"has published scores that do not say for which {ReleaseManifest.AssetName}, as older builds do"),
            _ => (null, $"has published scores for another {ReleaseManifest.AssetName} of this tag"),
        };
    }
}
