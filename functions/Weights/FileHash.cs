using System.Security.Cryptography;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.Weights;

/// <summary>The digest of a file, part by part, beside whatever else is done with the parts.</summary>
internal sealed class FileHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task last = Task.CompletedTask;

    /// <summary>Adds the next part; the result ends once its bytes are not needed any more.</summary>
    public Task AddAsync(ReadOnlyMemory<byte> part) => last = AddAfterAsync(last, part);

    /// <summary>The digest of all parts.</summary>
    public async Task<Sha256Digest> DigestAsync()
    {
        await last;
        return Identifier.Parse<Sha256Digest>(Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    public void Dispose() => hash.Dispose();

    private Task AddAfterAsync(Task before, ReadOnlyMemory<byte> part) => Task.Run(async () =>
    {
        await before;
        hash.AppendData(part.Span);
    });
}
