using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Weights;

/// <summary>
/// The blob service of every storage account that the cloud's ARM has, in the part that staging needs: block blobs with their
/// blocks, metadata, ranges, conditions, and lists. Source: REST reference of Azure Blob Storage.
/// </summary>
internal sealed class BlobServer(CloudState cloud, TokenIssuer tokens) : IDisposable
{
    // The resource of Azure Storage, which is the same in all clouds ("Authorize access to blobs using Microsoft Entra ID").
    private const string Audience = "https://storage.azure.com";

    private readonly BlobStore store = new(cloud);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        context.Response.Headers["x-ms-version"] = context.Request.Headers["x-ms-version"].ToString();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        try
        {
            await AnswerAsync(BlobCall.Of(context));
        }
        catch (BlobException refused)
        {
            await BlobXml.RefuseAsync(context, refused);
        }
    }

    public void Dispose() => store.Dispose();

    private async Task AnswerAsync(BlobCall call)
    {
        var context = call.Http;
        if (store.Account(call.Account) is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            await context.Response.WriteAsync($"No storage account is called '{call.Account}'.");
            return;
        }

        if (await tokens.RefuseAsync(context.Request.Headers.Authorization, [Audience]) is not null)
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer authorization_uri=https://login.{cloud.Options.Name}.localhost:{cloud.Port}/{cloud.Options.TenantId}/oauth2/authorize resource_id={Audience}";
            throw new BlobException(401, "InvalidAuthenticationInfo", "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");
        }

        var change = new BlobChanges(cloud, store, cloud.Place(account.Location));
        var read = new BlobReads(store);
        await ((context.Request.Method, call.Blob.Length > 0, call.Query("restype"), call.Query("comp")) switch
        {
            ("PUT", false, "container", "") => change.CreateContainerAsync(call),
            ("GET" or "HEAD", false, "container", "") => read.ContainerAsync(call),
            ("GET", false, "container", "list") => read.ListAsync(call),
            ("PUT", true, _, "block") => change.PutBlockAsync(call),
            ("PUT", true, _, "blocklist") => change.PutBlockListAsync(call),
            ("PUT", true, _, "metadata") => change.PutMetadataAsync(call),
            ("PUT", true, _, "") => change.PutBlobAsync(call),
            ("DELETE", true, _, "") => change.DeleteAsync(call),
            ("GET", true, _, "blocklist") => read.BlockListAsync(call),
            ("GET" or "HEAD", true, _, "metadata" or "") => read.BlobAsync(call),
            _ => throw new BlobException(400, "InvalidQueryParameterValue", "The simulated blob service does not know this operation."),
        });
    }

    /// <summary>The headers that tell a blob's version.</summary>
    public static void WriteVersion(HttpResponse response, StoredBlob blob)
    {
        response.Headers.ETag = blob.ETag;
        response.Headers.LastModified = blob.ModifiedAt.ToString("R", CultureInfo.InvariantCulture);
    }
}
