using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Models.Chat;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>
/// Online endpoints of Azure Machine Learning: Entra at the door, or tokens of their own, then one of the servers behind. Source: Azure Machine Learning,
/// authenticate clients for online endpoints; HTTP status codes for online endpoints.
/// </summary>
internal sealed class OnlineEndpointHost(ModelLocator locator, TokenIssuer tokens, EngineApi engines)
{
    /// <summary>The header that names a server, in requests and in answers.</summary>
    public const string DeploymentHeader = "azureml-model-deployment";

    private const int MaxLength = 32_768;

    public async Task HandleAsync(HttpContext context, string name)
    {
        if (locator.Endpoint(name) is not { } endpoint)
        {
            await RefuseAsync(context, 404, "NotFound", $"There is no online endpoint '{name}'.");
            return;
        }

        var audiences = EndpointTokens.IsOf(endpoint) ? [EndpointTokens.AudienceOf(endpoint)] : Audiences.Servers;
        if (await tokens.RefuseAsync(context.Request.Headers.Authorization, audiences) is { } refusal)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, 401, refusal.Code, refusal.Message);
            return;
        }

        var wanted = context.Request.Headers[DeploymentHeader].FirstOrDefault();
        var found = locator.Online(endpoint, wanted);
        switch (found.State)
        {
            case LocatedState.Absent:
                await RefuseAsync(context, 404, "DeploymentNotFound", $"The endpoint '{name}' has no {found.Missing}.");
                return;
            case LocatedState.Loading:
                await RefuseAsync(context, 503, "ServiceUnavailable", $"The {found.Missing} has no instance that is ready.");
                return;
            case LocatedState.Unknown:
                await RefuseAsync(context, 502, "ModelNotLoaded", $"The sandbox's catalog knows no {found.Missing}.");
                return;
        }

        var served = found.Model!;
        context.Response.Headers[DeploymentHeader] = served.Deployment;
        ModelErrors.Tell(context);
        await engines.HandleAsync(context, ServingEngine.Vllm, [new(served.Name, served.Model.WeightsDigest, MaxLength, found)]);
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string message) => ChatJson.WriteAsync(context, status, AzureErrors.Of(code, message));
}
