using System.Text.Json.Nodes;
using Orchestrator.Core.Names;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>The containers of servers: assets of the workspace, a version for each image.</summary>
internal static class ServerContainers
{
    private const int DigestDigits = 12;

    /// <summary>The ARM id of an image's container, which is made where it is not there yet.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses it.</exception>
    public static async Task<string> MakeAsync(ModelResources resources, RegionTarget target, string endpoint, string model, ImageReference image, CancellationToken cancellationToken)
    {
        var workspace = endpoint[..endpoint.IndexOf("/onlineEndpoints/", StringComparison.Ordinal)];
        var path = $"{workspace}/environments/{model}/versions/release-{image.Value[^DigestDigits..]}";
        if (await resources.ReadAsync(target, path, ApiVersions.MachineLearning, cancellationToken) is { } there)
        {
            return there["id"]!.GetValue<string>();
        }

        JsonObject Route(string at) => new() { ["path"] = at, ["port"] = 8000 };
        await resources.PutAsync(target, path, ApiVersions.MachineLearning, new()
        {
            ["properties"] = new JsonObject
            {
                ["image"] = image.Value,
                ["osType"] = "Linux",
                ["inferenceConfig"] = new JsonObject { ["livenessRoute"] = Route("/health"), ["readinessRoute"] = Route("/health"), ["scoringRoute"] = Route("/") },
            },
        }, cancellationToken);
        var made = await resources.ReadAsync(target, path, ApiVersions.MachineLearning, cancellationToken);
        return made?["id"]?.GetValue<string>() ?? throw new StackUnavailableException($"{target}: {path} was put and is not there yet");
    }
}
