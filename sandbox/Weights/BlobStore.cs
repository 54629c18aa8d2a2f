using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Weights;

/// <summary>
/// The blobs of all storage accounts of a cloud. What they hold is in files of a temporary folder, block by block, so that no size
/// takes memory; it goes with the sandbox.
/// </summary>
internal sealed class BlobStore(CloudState cloud) : IDisposable
{
    private const string AccountType = "Microsoft.Storage/storageAccounts";

    private readonly Dictionary<(string Account, string Container), SortedDictionary<string, StoredBlob>> containers = [];
    private DirectoryInfo? folder;

    /// <summary>Serialises what is done to blobs.</summary>
    public Lock Turn { get; } = new();

    /// <summary>The account's resource, or null when there is none.</summary>
    public Resource? Account(string account) => cloud.Resources.Values.FirstOrDefault(resource => Is(resource.Type, AccountType) && Is(resource.Name, account));

    /// <summary>The blobs of a container by name, or null when neither ARM nor a caller of the account has made it.</summary>
    public SortedDictionary<string, StoredBlob>? Container(string account, string container) =>
        containers.TryGetValue((account, container), out var blobs) ? blobs
        : IsResource(account, container) ? containers[(account, container)] = new(StringComparer.Ordinal)
        : null;

    /// <summary>Makes a container; false when it is there already.</summary>
    public bool TryCreate(string account, string container)
    {
        if (Container(account, container) is not null)
        {
            return false;
        }

        containers[(account, container)] = new(StringComparer.Ordinal);
        return true;
    }

    /// <summary>Writes what a caller sends into a file of its own.</summary>
    public async Task<BlobBlock> KeepAsync(string id, Stream content, CancellationToken cancellationToken)
    {
        lock (Turn)
        {
            folder ??= Directory.CreateTempSubdirectory("sandbox-blobs-");
        }

        var block = new BlobBlock(id, Path.Combine(folder.FullName, Guid.NewGuid().ToString("N")), 0);
        try
        {
            await using var file = new FileStream(block.File, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous });
            await content.CopyToAsync(file, cancellationToken);
            return block with { Size = file.Length };
        }
        catch
        {
            Forget([block]);
            throw;
        }
    }

    /// <summary>Deletes what belongs to nothing any more.</summary>
    public static void Forget(IEnumerable<BlobBlock> blocks)
    {
        foreach (var block in blocks)
        {
            File.Delete(block.File);
        }
    }

    public void Dispose() => folder?.Delete(recursive: true);

    private bool IsResource(string account, string container) => cloud.Resources.Values.Any(resource =>
        Is(resource.Type, $"{AccountType}/blobServices/containers") && Is(resource.Name, container)
        && resource.Id.Contains($"/storageAccounts/{account}/", StringComparison.OrdinalIgnoreCase));

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
