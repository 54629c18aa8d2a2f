using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>A US person does not compute on Ascend.</summary>
internal static class Ascend
{
    public static ComplianceRule Rule { get; } = new(
        "US-GP10-01",
        "Using Ascend 910B, 910C or 910D risks a violation of General Prohibition 10, wherever it is done.",
        "BIS guidance of 2025-05-13 on General Prohibition 10",
        new(2025, 5, 13),
        new(2027, 3, 31),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack) => !stack.Stack.Compliance.IsUsPerson
        ? []
        : stack.Stack.OpenModels
            .Where(model => model.Accelerator.Vendor == AcceleratorVendor.Ascend)
            .Select(model => new Problem($"{model.Path}.accelerator.vendor", "expected another vendor, because the operator is a US person; found ascend"));
}
