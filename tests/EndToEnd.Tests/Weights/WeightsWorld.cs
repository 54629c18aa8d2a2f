using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Weights;
using Orchestrator.Sandbox;
using Orchestrator.Sandbox.Azure;
using Orchestrator.Sandbox.Weights;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>A hub, a region's storage, and what stages from one to the other, by a clock that stands still.</summary>
internal sealed class WeightsWorld : IAsyncDisposable
{
    /// <summary>Long enough for everything: the clock stands still.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    private const string Account = "weightsstore";

    private static readonly CommitSha Revision = Identifier.Parse<CommitSha>(new string('c', 40));
    private static int models;

    private readonly SandboxHost sandbox;
    private readonly HttpClient hubHttp;
    private readonly HttpClient storageHttp;
    private readonly HttpClient cloudHttp;

    private WeightsWorld(SandboxHost sandbox, BlobContainerClient container, RequestHook storageHook, HttpClient storageHttp, HttpClient cloudHttp)
    {
        this.sandbox = sandbox;
        this.storageHttp = storageHttp;
        this.cloudHttp = cloudHttp;
        Container = container;
        Storage = storageHook;
        HubRequests = new(Handler(sandbox));
        hubHttp = new(new FenceHandler("the hub", new([Hub.Address.Authority, Hub.DeliveryAddress.Authority], []), HubRequests));
    }

    public WatchedTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    public SandboxHub Hub => sandbox.Clouds["azure-china"].Hub;

    public BlobContainerClient Container { get; }

    /// <summary>What goes to storage.</summary>
    public RequestHook Storage { get; }

    /// <summary>What goes to the hub.</summary>
    public RequestHook HubRequests { get; }

    /// <summary>Starts a world with the sandbox's storage, or with the emulator's.</summary>
    public static async Task<WeightsWorld> StartAsync(StorageKind kind, AzuriteBlobs azurite)
    {
        var sandbox = await SandboxHost.StartAsync(
            new()
            {
                Clouds = [new() { Name = "azure-china", TenantId = new(2, 0, 0, new byte[8]), SubscriptionId = new(2, 1, 0, new byte[8]), ClientId = new(2, 2, 0, new byte[8]), ClientSecret = "a secret", Regions = ["chinaeast2"] }],
                GitHub = new() { Repositories = ["acme/assistant"], Token = "a-token" },
            },
            Token);
        var hook = new RequestHook(Handler(sandbox));
        var http = new HttpClient(hook);
        var cloudHttp = new HttpClient(Handler(sandbox));
        var options = new BlobClientOptions { Transport = new HttpClientTransport(http), Retry = { MaxRetries = 0 } };
        BlobContainerClient container;
        if (kind == StorageKind.Azurite)
        {
            container = new(azurite.ConnectionString, $"weights-{Guid.NewGuid():n}", options);
            await container.CreateAsync(cancellationToken: Token);
        }
        else
        {
            container = new(await CreateAccountAsync(sandbox.Clouds["azure-china"], cloudHttp), Credential(sandbox.Clouds["azure-china"], cloudHttp), options);
        }

        return new(sandbox, container, hook, http, cloudHttp);
    }

    /// <summary>A model of its own on the hub with these files, and what a manifest says about it.</summary>
    public OpenWeights Publish(params HubFile[] files)
    {
        var repository = $"acme/model-{Interlocked.Increment(ref models)}";
        return new("model", repository, Revision, "MIT", [.. Hub.Add(repository, Revision.Value, files).Select(file => new WeightsFile(file.Path, file.Size, Identifier.Parse<Sha256Digest>(file.Sha256)))]);
    }

    /// <summary>A model of its own with one large file.</summary>
    public OpenWeights Publish(long size) => Publish(new HubFile("model.safetensors", HubContent.Generated(size, models)));

    /// <summary>What stages, with blocks that are small enough for a small file to have many.</summary>
    public WeightsStager Stager(int blockSize = 1_000, int blocksPerCheckpoint = 4) =>
        new(new(hubHttp, Hub.Address, Time), new(Container), Time, new(blockSize, Uploads: 3, blocksPerCheckpoint));

    public WeightsFolder Folder(OpenWeights weights) => new(new(Container), weights);

    /// <summary>Stages the first file, in one slice.</summary>
    public Task<StagingResult> StageAsync(OpenWeights weights) => Stager().StageAsync(weights, weights.Files[0], Budget, Token);

    /// <summary>Stages the first file while the hub's failures make it wait so long, one wait after the other.</summary>
    public async Task<StagingResult> StageAsync(OpenWeights weights, params int[] seconds)
    {
        var staging = Stager().StageAsync(weights, weights.Files[0], TimeSpan.FromDays(1), Token);
        foreach (var wait in seconds)
        {
            await Time.PassAsync(TimeSpan.FromSeconds(wait));
        }

        return await staging;
    }

    /// <summary>What servers would find of the first file: the digest of its content, or null; only what is verified is looked at.</summary>
    public async Task<Sha256Digest?> FindAsync(OpenWeights weights)
    {
        var blob = Container.GetBlobClient($"{weights.Digest()}/{weights.Files[0].Path}");
        if (!await blob.ExistsAsync(Token) || (await blob.GetPropertiesAsync(cancellationToken: Token)).Value.Metadata["state"] != "verified")
        {
            return null;
        }

        await using var content = await blob.OpenReadAsync(cancellationToken: Token);
        return Identifier.Parse<Sha256Digest>(Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Token)));
    }

    /// <summary>The names of everything in the folder, blocks that wait included.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(OpenWeights weights)
    {
        var names = new List<string>();
        await foreach (var blob in Container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{weights.Digest()}/", Token))
        {
            names.Add(blob.Name[65..]);
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        hubHttp.Dispose();
        storageHttp.Dispose();
        cloudHttp.Dispose();
        await sandbox.DisposeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SocketsHttpHandler Handler(SandboxHost sandbox)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(sandbox.CertificateAuthorityPem);
        var handler = OutboundHandlers.Create(roots);
        handler.AutomaticDecompression = DecompressionMethods.None;
        return handler;
    }

    private static ClientSecretCredential Credential(SandboxCloud cloud, HttpClient http) => new(
        cloud.Options.TenantId.ToString(),
        cloud.Options.ClientId.ToString(),
        cloud.Options.ClientSecret,
        new ClientSecretCredentialOptions { AuthorityHost = cloud.AuthorityHost, DisableInstanceDiscovery = true, Transport = new HttpClientTransport(http) });

    private static async Task<Uri> CreateAccountAsync(SandboxCloud cloud, HttpClient http)
    {
        var token = await Credential(cloud, http).GetTokenAsync(new([$"{cloud.ArmAudience}/.default"]), Token);
        var group = $"subscriptions/{cloud.Options.SubscriptionId}/resourceGroups/weights";
        var account = $"{group}/providers/Microsoft.Storage/storageAccounts/{Account}";
        await PutAsync(group, "2024-03-01", new { location = "chinaeast2" });
        var made = await PutAsync(account, "2024-01-01", new { location = "chinaeast2", kind = "StorageV2", sku = new { name = "Standard_LRS" }, properties = new { } });
        await PutAsync($"{account}/blobServices/default/containers/{RegionModels.WeightsContainer}", "2024-01-01", new { properties = new { } });
        return new(new Uri(made!["properties"]!["primaryEndpoints"]!["blob"]!.GetValue<string>()), RegionModels.WeightsContainer);

        async Task<JsonNode?> PutAsync(string path, string version, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(cloud.ArmEndpoint, $"{path}?api-version={version}")) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new("Bearer", token.Token);
            using var response = await http.SendAsync(request, Token);
            response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Token));
            return await response.Content.ReadFromJsonAsync<JsonNode>(Token);
        }
    }
}
