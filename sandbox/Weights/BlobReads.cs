using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Orchestrator.Sandbox.Weights;

/// <summary>What callers read from blob storage.</summary>
internal sealed class BlobReads(BlobStore store)
{
    private const int MostListed = 5_000;
    private const int ReadAtOnce = 1 << 17;

    public Task ContainerAsync(BlobCall call)
    {
        Blobs(call);
        call.Http.Response.Headers.ETag = "\"0x1\"";
        call.Http.Response.Headers.LastModified = DateTimeOffset.UnixEpoch.ToString("R", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    public Task ListAsync(BlobCall call)
    {
        var most = int.TryParse(call.Query("maxresults"), CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, MostListed) : MostListed;
        StoredBlob[] found;
        lock (store.Turn)
        {
            found = [.. Blobs(call).Values
                .Where(blob => blob.Committed is not null && blob.Name.StartsWith(call.Query("prefix"), StringComparison.Ordinal) && string.CompareOrdinal(blob.Name, call.Query("marker")) >= 0)
                .Take(most + 1)];
        }

        return BlobXml.WriteAsync(call.Http, BlobXml.Listing(call, [.. found.Take(most)], found.Length > most ? found[most].Name : string.Empty));
    }

    public Task BlockListAsync(BlobCall call)
    {
        lock (store.Turn)
        {
            var blob = Blobs(call).GetValueOrDefault(call.Blob) ?? throw BlobException.NoBlob();
            if (blob.Committed is not null)
            {
                BlobServer.WriteVersion(call.Http.Response, blob);
            }

            call.Http.Response.Headers["x-ms-blob-content-length"] = blob.Size.ToString(CultureInfo.InvariantCulture);
            return BlobXml.WriteAsync(call.Http, BlobXml.BlockList(blob, call.Query("blocklisttype")));
        }
    }

    public Task BlobAsync(BlobCall call)
    {
        var response = call.Http.Response;
        IReadOnlyList<BlobBlock> blocks;
        long size;
        lock (store.Turn)
        {
            var blob = Blobs(call).GetValueOrDefault(call.Blob);
            if (blob?.Committed is null)
            {
                throw BlobException.NoBlob();
            }

            call.CheckConditions(blob);
            BlobServer.WriteVersion(response, blob);
            foreach (var (name, value) in blob.Metadata)
            {
                response.Headers[$"x-ms-meta-{name}"] = value;
            }

            response.ContentType = blob.ContentType;
            (blocks, size) = (blob.Committed, blob.Size);
        }

        response.Headers["x-ms-blob-type"] = "BlockBlob";
        response.Headers["x-ms-server-encrypted"] = "true";
        response.Headers.AcceptRanges = "bytes";
        return call.Query("comp") == "metadata" ? Task.CompletedTask : ContentAsync(call, blocks, size);
    }

    private static async Task ContentAsync(BlobCall call, IReadOnlyList<BlobBlock> blocks, long size)
    {
        var (request, response) = (call.Http.Request, call.Http.Response);
        var (from, to) = (0L, size - 1);
        var asked = request.Headers["x-ms-range"].FirstOrDefault() ?? request.Headers.Range.ToString();
        if (HttpMethods.IsGet(request.Method) && RangeHeaderValue.TryParse(asked, out var range) && range.Ranges.FirstOrDefault() is { From: { } start } wanted)
        {
            if (start >= size)
            {
                response.Headers.ContentRange = new ContentRangeHeaderValue(size).ToString();
                throw new BlobException(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
            }

            (from, to) = (start, Math.Min(wanted.To ?? to, to));
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = new ContentRangeHeaderValue(from, to, size).ToString();
        }

        response.ContentLength = to + 1 - from;
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        try
        {
            await WriteAsync(call.Http, blocks, from, to + 1);
        }
        catch (FileNotFoundException)
        {
            // Somebody has deleted or replaced the blob meanwhile.
            call.Http.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, IReadOnlyList<BlobBlock> blocks, long from, long end)
    {
        var begin = 0L;
        foreach (var block in blocks)
        {
            var (first, last) = (Math.Max(from, begin) - begin, Math.Min(end, begin + block.Size) - begin);
            begin += block.Size;
            if (first >= last)
            {
                continue;
            }

            using var file = File.OpenHandle(block.File, options: FileOptions.Asynchronous, share: FileShare.Read | FileShare.Delete);
            while (first < last)
            {
                var part = (int)Math.Min(ReadAtOnce, last - first);
                var read = await RandomAccess.ReadAsync(file, context.Response.BodyWriter.GetMemory(part)[..part], first, context.RequestAborted);
                context.Response.BodyWriter.Advance(read);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                first += read;
            }
        }
    }

    private SortedDictionary<string, StoredBlob> Blobs(BlobCall call)
    {
        lock (store.Turn)
        {
            return store.Container(call.Account, call.Container) ?? throw BlobException.NoContainer();
        }
    }
}
