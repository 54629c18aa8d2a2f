using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>The servers of the external cluster.</summary>
internal sealed class ExternalHost(CloudState cloud, ModelLocator locator, EngineApi engines)
{
    public async Task HandleAsync(HttpContext context, string server)
    {
        var all = cloud.External.ModelsOf(server);
        var loaded = all.Select(model => (Model: model, Found: locator.External(server, model))).Where(one => one.Found.State != LocatedState.Loading).ToArray();
        if (loaded.Length == 0)
        {
            if (all is [{ Engine: ServingEngine.Sglang }, ..])
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            // vLLM opens its port when it has loaded, and where nothing runs there is none.
            context.Abort();
            return;
        }

        var engine = loaded[0].Model.Engine;
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) && loaded[0].Model.ApiKey is { } key && context.Request.Headers.Authorization != $"Bearer {key}")
        {
            await ChatJson.WriteAsync(context, StatusCodes.Status401Unauthorized, new() { ["error"] = "Unauthorized" });
            return;
        }

        await engines.HandleAsync(context, engine, [.. loaded.Select(one => new EngineModel(one.Model.ServedName, one.Model.WeightsDigest, one.Model.MaxModelLength, one.Found))]);
    }
}
