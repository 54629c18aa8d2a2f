using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Azure.ContainerApps;
using Orchestrator.Sandbox.Models.Chat;
using Orchestrator.Sandbox.Models.Serving;

namespace Orchestrator.Sandbox.Workloads;

/// <summary>
/// Completes chats as a gateway does: by the models that its revision's environment names, in <c>MODELS</c>, where they stand in this
/// cloud. Everything else is answered by the image itself. What a deployment allows per minute is not counted here.
/// </summary>
internal sealed class GatewayApi(CloudState cloud)
{
    private readonly ChatServer chat = new(cloud);

    public async Task CompleteAsync(HttpContext context, Revision revision)
    {
        var body = await ChatJson.ReadAsync(context);
        var found = (body as JsonObject)?["model"] is JsonValue value && value.TryGetValue<string>(out var model) ? Find(revision, model) : null;
        await (found switch
        {
            null or { State: LocatedState.Unknown } => OpenAiApi.CompleteAsync(context, revision.Image!, body),
            { Model: { } served } => PassOnAsync(context, served, body),
            _ => OpenAiApi.FailAsync(context, 502, $"The backend has no {found.Missing} that is ready."),
        });
    }

    private async Task PassOnAsync(HttpContext context, ServedModel served, JsonNode? body)
    {
        try
        {
            await chat.CompleteAsync(context, served, ChatRequestReader.Read(body));
        }
        catch (ChatRequestException malformed)
        {
            await ChatJson.WriteAsync(context, 400, served.Dialect.BadRequest(malformed.Message, malformed.Parameter));
        }
    }

    private Located? Find(Revision revision, string model)
    {
        if (GatewayModels.Of(revision).FirstOrDefault(entry => entry["name"]?.ToString() == model) is not { } entry
            || GatewayModels.HostOf(entry) is not { } host
            || ModelAddress.Of(host, cloud) is not { } address)
        {
            return null;
        }

        var name = entry["deployment"]?.ToString() ?? model;
        var locator = cloud.Locator;
        return address.Kind switch
        {
            ModelAddress.Closed => locator.Account(address.Name) is { } account ? locator.Closed(account, name) : new(LocatedState.Absent, Missing: $"account '{address.Name}'"),
            ModelAddress.Online => locator.Endpoint(address.Name) is { } online ? Named(locator.Online(online, GatewayModels.ServerOf(entry)), name) : new(LocatedState.Absent, Missing: $"endpoint '{address.Name}'"),
            _ => cloud.External.ModelsOf(address.Name).FirstOrDefault(one => one.ServedName == name) is { } served ? locator.External(address.Name, served) : new(LocatedState.Absent, Missing: $"model '{name}'"),
        };
    }

    private static Located Named(Located found, string name) =>
        found.Model is { } served && served.Name != name ? new(LocatedState.Absent, Missing: $"model '{name}'") : found;
}
