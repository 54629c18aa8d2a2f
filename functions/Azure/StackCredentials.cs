using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Outbound;

namespace Orchestrator.Functions.Azure;

/// <summary>Builds each stack's own credential against its own authority.</summary>
internal static class StackCredentials
{
    /// <summary>
    /// Where signing in may go: the cloud's authority, and the endpoint of this machine's managed identity, which answers only
    /// for the cloud that the machine is in.
    /// </summary>
    public static FencedHosts Hosts(CloudDefinition cloud)
    {
        var hosts = new List<string> { cloud.AuthorityHost.Authority, "169.254.169.254" };
        if (Uri.TryCreate(Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT"), UriKind.Absolute, out var identity))
        {
            hosts.Add(identity.Authority);
        }

        return new(hosts, []);
    }

    public static TokenCredential Create(StackDefinition stack, string? secret, HttpPipelineTransport transport)
    {
        var tenant = stack.TenantId.ToString();
        var client = stack.Credential.ClientId?.ToString();
        return stack.Credential.Kind switch
        {
            CredentialKind.ClientSecret => new ClientSecretCredential(tenant, client, secret, new ClientSecretCredentialOptions
            {
                AuthorityHost = stack.Cloud.AuthorityHost,
                DisableInstanceDiscovery = !stack.Cloud.KnownAuthority,
                Transport = transport,
            }),
            CredentialKind.ManagedIdentity => new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(
                client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client))
            {
                Transport = transport,
            }),
            _ => new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                AuthorityHost = stack.Cloud.AuthorityHost,
                DisableInstanceDiscovery = !stack.Cloud.KnownAuthority,
                TenantId = tenant,
                ManagedIdentityClientId = client,
                Transport = transport,
            }),
        };
    }
}
