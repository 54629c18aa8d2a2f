using System.Collections.Concurrent;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Releases;

/// <summary>What has been read under a digest, of which it is known that it never changes. Holds a few; what it has let go of is read again.</summary>
/// <typeparam name="T">What was read.</typeparam>
internal sealed class DigestCache<T>
    where T : class
{
    private const int Most = 16;

    private readonly ConcurrentDictionary<Sha256Digest, T> kept = new();

    /// <summary>What is kept under the digest; null when nothing is.</summary>
    public T? Find(Sha256Digest? digest) => digest is null ? null : kept.GetValueOrDefault(digest);

    /// <summary>Keeps a value, and gives it back.</summary>
    public T Keep(Sha256Digest digest, T value)
    {
        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        return kept[digest] = value;
    }
}
