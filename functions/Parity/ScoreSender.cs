using Octokit;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.GitHub.Writes;

namespace Orchestrator.Functions.Parity;

/// <summary>Makes a stack's sheet an asset of its release, in the place of the one before.</summary>
/// <param name="assets">The release's assets.</param>
/// <param name="sheets">The sheets.</param>
/// <param name="writer">The budget.</param>
public sealed class ScoreSender(ReleaseAssets assets, ScoreSheets sheets, WriterStore writer)
{
    /// <summary>Whether the release has it; false when the budget does not allow it now.</summary>
    /// <exception cref="ApiException">GitHub could not be told, or not now.</exception>
    public async Task<bool> SendAsync(ScoreWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (await sheets.FindAsync(write.Tag, write.Stack, cancellationToken) is not { } sheet || SheetJson.Write(sheet) is not { Refusal: null, Bytes: var bytes })
        {
            return true;
        }

        var release = await assets.ReleaseAsync(write.Repository, write.Tag) ?? throw new NotFoundException($"expected a published release {write.Tag}, found none", System.Net.HttpStatusCode.NotFound);
        var name = ScoreSheet.AssetOf(write.Stack);
        foreach (var asset in release.Assets.Where(asset => asset.Name == name))
        {
            if (asset.State == "uploaded" && asset.Digest == ReleaseAssets.DigestOf(bytes))
            {
                return true;
            }

            // An asset cannot be changed, and what an upload that was cut off has left is in the way.
            if (!await writer.MayWriteAsync(write, cancellationToken))
            {
                return false;
            }

            await assets.DeleteAsync(asset);
        }

        if (!await writer.MayWriteAsync(write, cancellationToken))
        {
            return false;
        }

        await assets.UploadAsync(release, name, bytes);
        return true;
    }
}
