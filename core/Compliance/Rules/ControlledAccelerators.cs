using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Controlled accelerators in China come with a licence.</summary>
internal static class ControlledAccelerators
{
    public static ComplianceRule Rule { get; } = new(
        "US-EAR-CHIP-01",
        "Accelerators under 3A090 or 4A090 need a licence for China.",
        "EAR, ECCN 3A090 and 4A090; case-by-case review of the H200 and MI325X class since January 2026",
        new(2022, 10, 7),
        new(2027, 3, 31),
        LeavesRoom: true,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack) =>
        !(stack.Stack.IsInChina || stack.Stack.Compliance.Market == Market.China) || stack.Stack.Compliance.ExportLicence is not null
            ? []
            : stack.Stack.OpenModels
                .Where(model => model.Accelerator.Vendor is AcceleratorVendor.Nvidia or AcceleratorVendor.Amd)
                .Select(model => new Problem($"{model.Path}.accelerator", $"expected compliance.exportLicence for {model.Accelerator.Kind} in China, found nothing"));
}
