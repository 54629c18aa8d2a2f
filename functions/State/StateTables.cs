using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Orchestrator.Functions.State;

/// <summary>The tables of the storage account that the function app has anyway: <c>AzureWebJobsStorage</c>, in the stack's own cloud.</summary>
internal static class StateTables
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>
    /// The tables, by connection string or by identity, as the Functions host reads the same settings. Source: "Connecting to host
    /// storage with an identity", Azure Functions.
    /// </summary>
    public static TableServiceClient Open(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connection)
        {
            return new(connection);
        }

        var section = configuration.GetSection(Setting);
        return Uri.TryCreate(section["tableServiceUri"], UriKind.Absolute, out var address)
            ? new(address, Credential(section["clientId"]))
            : throw new InvalidOperationException($"Expected the storage account's tables in {Setting} or {Setting}__tableServiceUri, found neither.");
    }

    private static TokenCredential Credential(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
