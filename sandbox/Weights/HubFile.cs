namespace Orchestrator.Sandbox.Weights;

/// <summary>A file of a hub's repository.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Content">Its content.</param>
/// <param name="IsLarge">Whether a second host delivers it, as hubs do with what is kept in LFS.</param>
public sealed record HubFile(string Path, HubContent Content, bool IsLarge = true);

/// <summary>What can be wrong with a file of the hub. Offsets are in the file, whatever part of it is asked for.</summary>
public sealed record HubFault
{
    /// <summary>How long each megabyte takes.</summary>
    public TimeSpan LatencyPerMegabyte { get; init; }

    /// <summary>The offset of a byte that is delivered wrong; null for none.</summary>
    public long? FlippedAt { get; init; }

    /// <summary>The offset at which the connection breaks; null for nowhere.</summary>
    public long? CutAt { get; init; }

    /// <summary>How often the connection breaks there before it holds.</summary>
    public int Cuts { get; init; } = int.MaxValue;

    /// <summary>How many bytes more (or less) than the file has are told and delivered.</summary>
    public int ExtraBytes { get; init; }

    /// <summary>Whether the length is told before the content.</summary>
    public bool IsLengthTold { get; init; } = true;

    /// <summary>Whether the size is told before a redirect.</summary>
    public bool IsSizeLinked { get; init; } = true;

    /// <summary>Whether a range is delivered when one is asked for; else everything is.</summary>
    public bool HasRanges { get; init; } = true;

    /// <summary>How many requests are answered that they are too many.</summary>
    public int Busy { get; init; }

    /// <summary>What those are told to wait; null to tell nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where requests are sent instead; null for where they belong.</summary>
    public Uri? RedirectTo { get; init; }
}
