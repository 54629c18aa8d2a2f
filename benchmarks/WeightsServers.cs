using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Weights;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Weights;

namespace Orchestrator.Benchmarks;

/// <summary>A hub and a region's blob storage as a process of their own, so that memory and processor time of the stager are its own.</summary>
internal static class WeightsServers
{
    public const string Verb = "weights-servers";

    private const string Account = "weightsstore";
    private const string Repository = "bench/model";

    private static readonly string Revision = new('b', 40);

    /// <summary>Serves until its input ends, once it has told in one line what it serves.</summary>
    public static async Task RunAsync(long size, int runs)
    {
        var cloud = new SandboxCloudOptions { Name = "bench", TenantId = new(2, 0, 0, new byte[8]), SubscriptionId = new(2, 1, 0, new byte[8]), ClientId = new(2, 2, 0, new byte[8]), ClientSecret = "a secret", Regions = ["here"] };
        await using var sandbox = await SandboxHost.StartAsync(new() { Clouds = [cloud], GitHub = new() { Repositories = ["acme/assistant"], Token = "a-token" } });
        var hub = sandbox.Clouds[cloud.Name].Hub;
        var content = HubContent.Generated(size, 1);
        var files = hub.Add(Repository, Revision, [.. Enumerable.Range(0, runs).Select(run => new HubFile($"model-{run}.safetensors", content))]);
        var container = await CreateAsync(sandbox.Clouds[cloud.Name], sandbox.CertificateAuthorityPem);
        Console.WriteLine(JsonSerializer.Serialize(new Served(sandbox.CertificateAuthorityPem, hub.Address, Repository, Revision, files[0].Sha256, size, container, sandbox.Clouds[cloud.Name].AuthorityHost)));
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Reaches the servers of a process as the product would.</summary>
    public static HttpClient Http(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return new(OutboundHandlers.Create(roots)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The container of a process's storage, signed in.</summary>
    public static BlobContainerClient Container(Served served, HttpClient http) =>
        new(served.Container, Credential(served.AuthorityHost, http), new() { Transport = new HttpClientTransport(http) });

    private static ClientSecretCredential Credential(Uri authority, HttpClient http) => new(
        new Guid(2, 0, 0, new byte[8]).ToString(),
        new Guid(2, 2, 0, new byte[8]).ToString(),
        "a secret",
        new ClientSecretCredentialOptions { AuthorityHost = authority, DisableInstanceDiscovery = true, Transport = new HttpClientTransport(http) });

    private static async Task<Uri> CreateAsync(SandboxCloud cloud, string pem)
    {
        using var http = Http(pem);
        var token = await Credential(cloud.AuthorityHost, http).GetTokenAsync(new TokenRequestContext([$"{cloud.ArmAudience}/.default"]), CancellationToken.None);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.Token);
        var group = $"subscriptions/{cloud.Options.SubscriptionId}/resourceGroups/bench";
        var account = $"{group}/providers/Microsoft.Storage/storageAccounts/{Account}";
        await PutAsync(group, "2024-03-01", new { location = "here" });
        await PutAsync(account, "2024-01-01", new { location = "here", kind = "StorageV2", sku = new { name = "Standard_LRS" }, properties = new { } });
        await PutAsync($"{account}/blobServices/default/containers/{RegionModels.WeightsContainer}", "2024-01-01", new { properties = new { } });
        return new($"https://{Account}.blob.{cloud.Options.Name}.localhost:{cloud.ArmEndpoint.Port}/{RegionModels.WeightsContainer}");

        async Task PutAsync(string path, string version, object body)
        {
            using var response = await http.PutAsJsonAsync(new Uri(cloud.ArmEndpoint, $"{path}?api-version={version}"), body);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>What is served.</summary>
    /// <param name="Pem">The certificate to trust.</param>
    /// <param name="Hub">The hub.</param>
    /// <param name="Repository">The repository; file n of it is <c>model-n.safetensors</c>, all with the same content.</param>
    /// <param name="Revision">Its revision.</param>
    /// <param name="Sha256">The files' digest.</param>
    /// <param name="Size">Their size in bytes.</param>
    /// <param name="Container">Where they go.</param>
    /// <param name="AuthorityHost">Where to sign in for that.</param>
    internal sealed record Served(string Pem, Uri Hub, string Repository, string Revision, string Sha256, long Size, Uri Container, Uri AuthorityHost);
}
