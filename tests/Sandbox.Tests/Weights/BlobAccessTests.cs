using System.Net;
using Azure.Core;

namespace Orchestrator.Sandbox.Tests.Weights;

/// <summary>Who may reach the simulated blob storage, and what becomes of a change that may not happen. What it answers is held to Microsoft's emulator elsewhere.</summary>
public sealed class BlobAccessTests
{
    private const string StorageScope = "https://storage.azure.com/.default";
    private const string Group = "resourceGroups/rg";
    private const string Account = $"{Group}/providers/Microsoft.Storage/storageAccounts/models";

    [Fact]
    public async Task A_container_is_there_once_arm_or_the_account_has_made_it()
    {
        await using var sandbox = await StartAsync();

        (await SendAsync(sandbox, HttpMethod.Get, "weights?restype=container")).ShouldBe((HttpStatusCode.NotFound, "ContainerNotFound"));
        await ArmPutAsync(sandbox, $"{Account}/blobServices/default/containers/weights", """{"properties":{}}""");
        (await SendAsync(sandbox, HttpMethod.Get, "weights?restype=container")).ShouldBe((HttpStatusCode.OK, null));
        (await SendAsync(sandbox, HttpMethod.Put, "other?restype=container")).ShouldBe((HttpStatusCode.Created, null));
        (await SendAsync(sandbox, HttpMethod.Put, "other?restype=container")).ShouldBe((HttpStatusCode.Conflict, "ContainerAlreadyExists"));
    }

    [Fact]
    public async Task Only_a_token_for_storage_of_the_same_cloud_is_let_in()
    {
        await using var sandbox = await StartAsync();

        (await SendAsync(sandbox, HttpMethod.Get, "weights?restype=container", scope: sandbox.China.ArmAudience + "/.default")).ShouldBe((HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo"));
        (await SendAsync(sandbox, HttpMethod.Get, "weights?restype=container", isPublic: true)).ShouldBe((HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo"));
        (await SendAsync(sandbox, HttpMethod.Get, "weights?restype=container", host: "nobody")).Status.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task A_token_for_storage_opens_nothing_else()
    {
        await using var sandbox = await StartAsync();
        var token = await sandbox.Credential(sandbox.China).GetTokenAsync(new TokenRequestContext([StorageScope]), TestContext.Current.CancellationToken);
        await SendAsync(sandbox, HttpMethod.Get, "weights?restype=container");

        using var response = await sandbox.SendAsync(sandbox.China, HttpMethod.Get, $"subscriptions/{sandbox.China.Options.SubscriptionId}?api-version=2024-03-01", change: request => request.Headers.Authorization = new("Bearer", token.Token));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_change_that_may_not_happen_breaks_the_connection_and_leaves_no_trace()
    {
        await using var sandbox = await StartAsync();
        await SendAsync(sandbox, HttpMethod.Put, "weights?restype=container");
        var told = new List<string>();
        sandbox.Host.Changes.Changing = change =>
        {
            told.Add($"{change.Place} {change.Kind} {change.Subject}");
            return false;
        };

        await Should.ThrowAsync<HttpRequestException>(() => SendAsync(sandbox, HttpMethod.Put, "weights/folder/file", "content"));

        sandbox.Host.Changes.Changing = null;
        told.ShouldBe(["azure-china/chinaeast2 PUT Blob models/weights/folder/file"]);
        (await SendAsync(sandbox, HttpMethod.Get, "weights/folder/file")).ShouldBe((HttpStatusCode.NotFound, "BlobNotFound"));
        (await SendAsync(sandbox, HttpMethod.Put, "weights/folder/file", "content")).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(sandbox, HttpMethod.Get, "weights/folder/file")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync();
        await ArmPutAsync(sandbox, Group, """{"location":"chinaeast2"}""");
        await ArmPutAsync(sandbox, Account, """{"location":"chinaeast2","kind":"StorageV2","sku":{"name":"Standard_LRS"},"properties":{}}""");
        return sandbox;
    }

    private static async Task ArmPutAsync(RunningSandbox sandbox, string path, string body)
    {
        using var response = await sandbox.SendAsync(sandbox.China, HttpMethod.Put, $"subscriptions/{sandbox.China.Options.SubscriptionId}/{path}?api-version=2024-0{(path == Group ? 3 : 1)}-01", body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(HttpStatusCode Status, string? Code)> SendAsync(RunningSandbox sandbox, HttpMethod method, string path, string? body = null, string scope = StorageScope, bool isPublic = false, string host = "models")
    {
        var cloud = isPublic ? sandbox.Public : sandbox.China;
        var token = await sandbox.Credential(cloud).GetTokenAsync(new TokenRequestContext([scope]), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(method, new Uri($"https://{host}.blob.azure-china.localhost:{sandbox.China.ArmEndpoint.Port}/{path}"));
        request.Headers.Authorization = new("Bearer", token.Token);
        request.Content = body is null ? null : new StringContent(body);
        request.Headers.Add("x-ms-version", "2025-07-05");
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var response = await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.Single() : null);
    }
}
