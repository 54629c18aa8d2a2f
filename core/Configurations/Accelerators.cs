using System.Text.Json.Serialization;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Configurations;

/// <summary>What a model computes on.</summary>
/// <param name="Vendor">Who makes it.</param>
/// <param name="Kind">Which one, e.g. <c>A100</c> or <c>Atlas 800 A3</c>.</param>
/// <param name="VmSize">The virtual machine's size, for machines that Azure manages.</param>
/// <param name="Count">How many machines; on a cluster, how many servers.</param>
/// <param name="MemoryGb">The accelerators' memory in one machine, in GB of 10⁹ bytes; null when not declared.</param>
/// <param name="DiskGb">The disk for weights in one machine, in GB; null when not declared.</param>
/// <param name="Runtime">The set of versions that it runs with, for Ascend.</param>
public sealed record AcceleratorConfiguration(
    AcceleratorVendor Vendor,
    string Kind,
    string? VmSize,
    int Count,
    int? MemoryGb = null,
    int? DiskGb = null,
    AscendRuntime? Runtime = null)
{
    private const long BytesOfGb = 1_000_000_000;

    /// <summary>Why weights of that size find no room; null when they do, or when not enough is declared to tell.</summary>
    public string? NoRoomFor(long bytes)
    {
        // Several machines share a model's layers, but each fetches all of its files.
        if (MemoryGb is { } memory && bytes > memory * BytesOfGb * Count)
        {
            return $"expected weights of at most {memory * Count} GB, which is all the accelerators' memory; found {Gb(bytes)} GB";
        }

        return DiskGb is { } disk && bytes > disk * BytesOfGb
            ? $"expected weights of at most {disk} GB, which is a machine's disk; found {Gb(bytes)} GB"
            : null;
    }

    private static long Gb(long bytes) => (bytes + BytesOfGb - 1) / BytesOfGb;
}

/// <summary>
/// What a server on Ascend is made of. The versions are one pinned set: a plugin works with the engine of its own version and with one
/// version of CANN, which asks for a driver. Source: vllm-ascend, versioning policy.
/// </summary>
/// <param name="Plugin">The plugin with its version, e.g. <c>vllm-ascend 0.23.0</c>.</param>
/// <param name="Engine">The engine with its version, e.g. <c>vllm 0.23.0</c>.</param>
/// <param name="Cann">The version of CANN, e.g. <c>9.1.0</c>.</param>
/// <param name="Driver">The version of the driver and firmware.</param>
public sealed record AscendRuntime(string Plugin, string Engine, string Cann, string Driver);

/// <summary>Who makes an accelerator.</summary>
[JsonConverter(typeof(WordJsonConverter<AcceleratorVendor>))]
public enum AcceleratorVendor
{
    /// <summary>NVIDIA.</summary>
    Nvidia,

    /// <summary>AMD.</summary>
    Amd,

    /// <summary>Huawei Ascend.</summary>
    Ascend,

    /// <summary>Another one.</summary>
    Other,
}
