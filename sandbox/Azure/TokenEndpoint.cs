using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Azure;

/// <summary>The part of Entra that issues tokens to applications with a secret.</summary>
internal sealed class TokenEndpoint(SandboxCloudOptions cloud, TokenIssuer issuer)
{
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (!HttpMethods.IsPost(context.Request.Method) || !path.EndsWith("/oauth2/v2.0/token", StringComparison.OrdinalIgnoreCase) || !context.Request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var tenant = path.Split('/', StringSplitOptions.RemoveEmptyEntries)[0];
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!tenant.Equals(cloud.TenantId.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(context, 400, "invalid_request", $"AADSTS90002: Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");
        }
        else if (form["grant_type"] != "client_credentials")
        {
            await RefuseAsync(context, 400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
        }
        else if (form["client_id"] != cloud.ClientId.ToString())
        {
            await RefuseAsync(context, 400, "unauthorized_client", $"AADSTS700016: Application with identifier '{form["client_id"]}' was not found in the directory '{tenant}'.");
        }
        else if (form["client_secret"] != cloud.ClientSecret)
        {
            await RefuseAsync(context, 401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        }
        else
        {
            // The scope is the audience and "/.default"; an audience that ends with a slash makes two of them.
            var audience = form["scope"].ToString().Split(' ')[0];
            audience = audience.EndsWith("/.default", StringComparison.Ordinal) ? audience[..^"/.default".Length] : audience;
            await context.Response.WriteAsJsonAsync(new
            {
                token_type = "Bearer",
                expires_in = TokenIssuer.LifeSeconds,
                ext_expires_in = TokenIssuer.LifeSeconds,
                access_token = issuer.Issue(audience, cloud.ClientId.ToString()),
            });
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string error, string description)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error, error_description = description, correlation_id = context.TraceIdentifier });
    }
}
