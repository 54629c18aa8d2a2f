using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>Reads what serves models in a region.</summary>
internal static class RegionModelsReader
{
    private const int MostUnits = 100_000;

    public static RegionModels? Read(JsonObjectReader? models)
    {
        if (models is null)
        {
            return null;
        }

        var account = Account(models.OptionalObject("account"));
        var storage = models.OptionalText("storage");
        var open = models.Has("open") ? models.Objects("open", required: false, Open) : [];
        if (open.Count > 0 && storage is null)
        {
            models.Report("storage", "expected the storage account that weights are staged into, because there are open models; found nothing");
        }

        models.RefuseUnknown();
        return new(account, storage, open);
    }

    private static ClosedModelAccount? Account(JsonObjectReader? account)
    {
        if (account is null)
        {
            return null;
        }

        var name = account.RequiredText("name");
        var models = account.Objects("models", required: true, Closed);
        account.RefuseUnknown();
        return name is null ? null : new(name, models);
    }

    private static ClosedModelSlot? Closed(JsonObjectReader slot)
    {
        var name = slot.RequiredText("name");
        var model = slot.OptionalText("model") ?? name;
        var sku = slot.RequiredText("sku");
        var capacity = slot.Whole("capacity", 1, MostUnits, required: true);
        return name is null || model is null || sku is null || capacity is null ? null : new(name, model, sku, capacity.Value);
    }

    private static OpenModelSlot? Open(JsonObjectReader slot)
    {
        var name = slot.RequiredText("name");
        var serving = slot.Word<ServingKind>("serving", required: true);
        var accelerator = AcceleratorReader.Read(slot.RequiredObject("accelerator"), mustHaveSize: false);
        var endpoint = slot.Address("endpoint");
        var workspace = slot.OptionalText("workspace");
        var online = slot.OptionalText("onlineEndpoint");
        if (serving == ServingKind.External && !slot.Has("endpoint"))
        {
            slot.Report("endpoint", "expected the cluster's https address, because serving is external; found nothing");
        }

        if (serving == ServingKind.Azureml && (workspace is null || online is null))
        {
            slot.Report("onlineEndpoint", "expected workspace and onlineEndpoint, because serving is azureml; found nothing");
        }

        return name is null || serving is null || accelerator is null ? null : new(name, serving.Value, accelerator, endpoint, workspace, online);
    }
}
