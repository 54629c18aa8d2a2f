using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Configurations;

/// <summary>Reads what a model computes on.</summary>
internal static class AcceleratorReader
{
    private const int MostMachines = 1000;
    private const int MostGb = 1_000_000;

    /// <param name="accelerator">The object; null when there is none.</param>
    /// <param name="mustHaveSize">Whether the machines are Azure's, which are known by their size.</param>
    public static AcceleratorConfiguration? Read(JsonObjectReader? accelerator, bool mustHaveSize)
    {
        if (accelerator is null)
        {
            return null;
        }

        var vendor = accelerator.Word<AcceleratorVendor>("vendor", required: true);
        var kind = accelerator.RequiredText("kind");
        var size = mustHaveSize ? accelerator.RequiredText("vmSize") : accelerator.OptionalText("vmSize");
        var count = accelerator.Whole("count", 1, MostMachines) ?? 1;
        var memory = accelerator.Whole("memoryGb", 1, MostGb);
        var disk = accelerator.Whole("diskGb", 1, MostGb);
        var runtime = Runtime(accelerator, vendor);
        accelerator.RefuseUnknown();
        return vendor is null || kind is null ? null : new(vendor.Value, kind, size, count, memory, disk, runtime);
    }

    private static AscendRuntime? Runtime(JsonObjectReader accelerator, AcceleratorVendor? vendor)
    {
        if (vendor != AcceleratorVendor.Ascend)
        {
            if (vendor is not null && accelerator.Has("runtime"))
            {
                accelerator.Report("runtime", "expected nothing, because the vendor is not ascend; found a runtime");
            }

            return null;
        }

        if (!accelerator.Has("runtime"))
        {
            accelerator.Report("runtime", "expected plugin, engine, cann and driver with their versions, because on ascend they only work as one set; found nothing");
            return null;
        }

        if (accelerator.RequiredObject("runtime") is not { } runtime)
        {
            return null;
        }

        var plugin = runtime.RequiredText("plugin");
        var engine = runtime.RequiredText("engine");
        var cann = runtime.RequiredText("cann");
        var driver = runtime.RequiredText("driver");
        runtime.RefuseUnknown();
        return plugin is null || engine is null || cann is null || driver is null ? null : new(plugin, engine, cann, driver);
    }
}
