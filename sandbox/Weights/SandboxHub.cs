using System.Collections.Concurrent;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Weights;

/// <summary>A hub of open weights in a cloud, as Hugging Face and ModelScope are: repositories, their revisions and their files.</summary>
public sealed class SandboxHub
{
    private readonly CloudState cloud;
    private readonly ConcurrentDictionary<(string Repository, string Revision), IReadOnlyList<HubFile>> revisions = new();
    private long requests;
    private long bytes;

    internal SandboxHub(CloudState cloud) => this.cloud = cloud;

    /// <summary>Its address, below which repositories are.</summary>
    public Uri Address => new($"https://{Host}:{cloud.Port}/");

    /// <summary>The address of the host that delivers large files.</summary>
    public Uri DeliveryAddress => new($"https://{DeliveryHost}:{cloud.Port}/");

    /// <summary>How many requests both hosts have had.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>How many bytes of files both hosts have delivered.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    internal string Host => $"hub.{cloud.Options.Name}.localhost";

    internal string DeliveryHost => $"cdn.{Host}";

    internal HubFaults Faults { get; } = new();

    /// <summary>Adds a revision of a repository; the result is what a manifest says about its files.</summary>
    /// <param name="repository">The repository as owner/name.</param>
    /// <param name="revision">The full commit.</param>
    /// <param name="files">Its files.</param>
    public IReadOnlyList<HubFileIdentity> Add(string repository, string revision, params IReadOnlyList<HubFile> files)
    {
        revisions[(repository, revision)] = files;
        return [.. files.Select(file => new HubFileIdentity(file.Path, file.Content.Size, file.Content.Sha256))];
    }

    /// <summary>Sets what is wrong with the files of that path, in whatever repository.</summary>
    public void SetFault(string path, HubFault fault) => Faults.Set(path, fault);

    /// <summary>Nothing is wrong with the files of that path any more.</summary>
    public void ClearFault(string path) => Faults.Clear(path);

    internal IReadOnlyList<HubFile>? Find(string repository, string revision) => revisions.GetValueOrDefault((repository, revision));

    internal void CountRequest() => Interlocked.Increment(ref requests);

    internal void CountBytes(int sent) => Interlocked.Add(ref bytes, sent);
}

/// <summary>What identifies a file of a hub.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record HubFileIdentity(string Path, long Size, string Sha256);
