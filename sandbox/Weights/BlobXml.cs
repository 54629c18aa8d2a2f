using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Sandbox.Weights;

/// <summary>What blob storage says and hears in XML (REST reference: "Put Block List", "Get Block List", "List Blobs", "Status and error codes").</summary>
internal static class BlobXml
{
    public static async Task WriteAsync(HttpContext context, XElement root)
    {
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{root.ToString(SaveOptions.DisableFormatting)}", context.RequestAborted);
    }

    public static Task RefuseAsync(HttpContext context, BlobException refused)
    {
        context.Response.StatusCode = refused.Status;
        context.Response.Headers["x-ms-error-code"] = refused.Code;
        return HttpMethods.IsHead(context.Request.Method) || refused.Status == StatusCodes.Status304NotModified
            ? Task.CompletedTask
            : WriteAsync(context, new("Error", new XElement("Code", refused.Code), new XElement("Message", $"{refused.Message}\nRequestId:{context.Response.Headers["x-ms-request-id"]}")));
    }

    /// <summary>The blocks that a caller lists: where to look for each, and its id.</summary>
    public static async Task<IReadOnlyList<(string Where, string Id)>> ReadListAsync(HttpContext context)
    {
        try
        {
            using var reader = XmlReader.Create(context.Request.Body, new() { Async = true, DtdProcessing = DtdProcessing.Prohibit });
            var root = await XElement.LoadAsync(reader, LoadOptions.None, context.RequestAborted);
            return [.. root.Elements().Select(element => (element.Name.LocalName, element.Value))];
        }
        catch (XmlException)
        {
            throw new BlobException(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
        }
    }

    public static XElement BlockList(StoredBlob blob, string kind) => new(
        "BlockList",
        new XElement("CommittedBlocks", kind == "uncommitted" ? null : Blocks(blob.Committed ?? [])),
        new XElement("UncommittedBlocks", kind is "uncommitted" or "all" ? Blocks(blob.Waiting.Values) : null));

    public static XElement Listing(BlobCall call, IReadOnlyList<StoredBlob> blobs, string next) => new(
        "EnumerationResults",
        new XAttribute("ServiceEndpoint", $"https://{call.Http.Request.Host}/"),
        new XAttribute("ContainerName", call.Container),
        new XElement("Prefix", call.Query("prefix")),
        new XElement("Blobs", blobs.Select(blob => Entry(blob, call.Query("include").Contains("metadata", StringComparison.OrdinalIgnoreCase)))),
        new XElement("NextMarker", next));

    private static XElement Entry(StoredBlob blob, bool withMetadata) => new(
        "Blob",
        new XElement("Name", blob.Name),
        new XElement(
            "Properties",
            new XElement("Last-Modified", blob.ModifiedAt.ToString("R", CultureInfo.InvariantCulture)),
            new XElement("Etag", blob.ETag.Trim('"')),
            new XElement("Content-Length", blob.Size),
            new XElement("Content-Type", blob.ContentType),
            new XElement("BlobType", "BlockBlob")),
        withMetadata ? new XElement("Metadata", blob.Metadata.Select(pair => new XElement(pair.Key, pair.Value))) : null);

    private static IEnumerable<XElement> Blocks(IEnumerable<BlobBlock> blocks) =>
        blocks.Select(block => new XElement("Block", new XElement("Name", block.Id), new XElement("Size", block.Size)));
}
