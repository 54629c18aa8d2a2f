using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Weights;

/// <summary>A request to blob storage, taken apart.</summary>
/// <param name="Http">The request and its answer.</param>
/// <param name="Account">The account.</param>
/// <param name="Container">The container.</param>
/// <param name="Blob">The blob; empty for the container itself.</param>
internal sealed record BlobCall(HttpContext Http, string Account, string Container, string Blob)
{
    public string Subject => $"{Account}/{Container}{(Blob.Length == 0 ? string.Empty : "/")}{Blob}";

    public static BlobCall Of(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? string.Empty).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var host = http.Request.Host.Host;
        return new(http, host[..host.IndexOf('.', StringComparison.Ordinal)], slash < 0 ? path : path[..slash], slash < 0 ? string.Empty : path[(slash + 1)..]);
    }

    public string Query(string name) => Http.Request.Query[name].ToString();

    /// <summary>The metadata that come along.</summary>
    public Dictionary<string, string> Metadata() => Http.Request.Headers
        .Where(header => header.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key["x-ms-meta-".Length..], header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses the call when what it asks of the blob's version is not so.</summary>
    public void CheckConditions(StoredBlob? blob)
    {
        var current = blob?.Committed is null ? null : blob.ETag;
        var wanted = Http.Request.Headers.IfMatch.ToString();
        if (wanted.Length > 0 && (current is null || (wanted != "*" && wanted != current)))
        {
            throw BlobException.Unmet();
        }

        var unwanted = Http.Request.Headers.IfNoneMatch.ToString();
        if (current is null || unwanted.Length == 0 || (unwanted != "*" && unwanted != current))
        {
            return;
        }

        throw HttpMethods.IsGet(Http.Request.Method) || HttpMethods.IsHead(Http.Request.Method) ? new BlobException(304, "ConditionNotMet", string.Empty)
            : unwanted == "*" ? new BlobException(409, "BlobAlreadyExists", "The specified blob already exists.")
            : BlobException.Unmet();
    }
}
