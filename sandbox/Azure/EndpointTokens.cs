using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>
/// Tokens that an online endpoint gives out itself where its <c>authMode</c> is <c>AMLToken</c>: good for that endpoint alone, and for
/// a while. Source: Azure Machine Learning REST, Online Endpoints - Get Token; its times are in seconds since 1970.
/// </summary>
internal sealed class EndpointTokens(CloudState cloud, TokenIssuer issuer)
{
    private const string Own = "AMLToken";

    /// <summary>Whether resources of that type give out tokens.</summary>
    public static bool Owns(string type) => OnlineEndpoints.Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an endpoint takes its own tokens, and none of Entra's.</summary>
    public static bool IsOf(Resource endpoint) => Own.Equals(ModeOf(endpoint), StringComparison.OrdinalIgnoreCase);

    /// <summary>What its tokens are made out to.</summary>
    public static string AudienceOf(Resource endpoint) => endpoint.Id;

    /// <summary>Gives a token out.</summary>
    public ArmAnswer Act(Resource endpoint, string action)
    {
        if (!action.Equals("token", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArmException(404, "InvalidAction", $"There is no action '{action}' on '{OnlineEndpoints.Type}'.");
        }

        if (!IsOf(endpoint))
        {
            throw new ArmException(400, "BadRequest", $"The endpoint '{endpoint.Name}' has authMode '{ModeOf(endpoint)}' and gives out no tokens of its own.");
        }

        var (now, life) = (cloud.Now, cloud.Options.EndpointTokenLife);
        return new(200, new JsonObject
        {
            ["accessToken"] = issuer.Issue(AudienceOf(endpoint), cloud.Options.ClientId.ToString(), now, life),
            ["tokenType"] = "Bearer",
            ["expiryTimeUtc"] = (now + life).ToUnixTimeSeconds(),
            ["refreshAfterTimeUtc"] = (now + (life / 2)).ToUnixTimeSeconds(),
        });
    }

    private static string? ModeOf(Resource endpoint) => endpoint.Body["properties"]?["authMode"]?.GetValue<string>();
}
