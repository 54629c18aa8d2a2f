namespace Orchestrator.Infra.Components;

/// <summary>Azure's own roles that identities get. Source: Azure built-in roles; the ids are the same in every cloud.</summary>
internal static class BuiltInRoles
{
    public const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    public const string NetworkConnectionApprover = "b556d68e-0be0-4f35-a333-ad7ee1ce17ea";
    public const string AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    public const string StorageBlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    public const string StorageBlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    public const string StorageBlobDataReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    public const string StorageQueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    public const string StorageTableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    public const string KeyVaultAdministrator = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
    public const string KeyVaultSecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    public const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    public const string CognitiveServicesOpenAiUser = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";

    /// <summary>The full id of a role in a subscription.</summary>
    public static string Id(string subscription, string role) => $"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}";
}
