using Microsoft.AspNetCore.Http;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Functions.Callers;

/// <summary>
/// Who asks: never what a body says. In Azure it is who has signed in at the platform, which puts the name into a header and lets
/// nobody else do so while its authentication is on. Embedded, it is the owner of the key. Source: App Service authentication,
/// "Access user claims in app code".
/// </summary>
/// <param name="settings">Whether the platform's authentication is on.</param>
public sealed class CallerIdentity(OrchestratorSettings settings)
{
    private const string PrincipalName = "X-MS-CLIENT-PRINCIPAL-NAME";
    private const string KeyHolder = "holder of the function key";

    /// <summary>The caller's name, for the record.</summary>
    public string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.HttpContext.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } owner } ? owner
            : settings.PlatformAuthenticates && request.Headers[PrincipalName].ToString() is { Length: > 0 } principal ? principal
            : KeyHolder;
    }
}
