using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Orchestrator.Sandbox.Azure;

namespace Orchestrator.Sandbox.Weights;

/// <summary>Delivers a file or a range of it, with whatever is wrong with it.</summary>
internal sealed class HubDelivery(CloudState cloud, SandboxHub hub)
{
    private const int Megabyte = 1 << 20;
    private const int WrittenAtOnce = 1 << 17;

    public async Task SendAsync(HttpContext context, HubFile file, HubFault fault)
    {
        var response = context.Response;
        var size = file.Content.Size + fault.ExtraBytes;
        var from = fault.HasRanges ? StartOf(context.Request, response.Headers.ETag.ToString()) : 0;
        response.ContentType = "application/octet-stream";
        response.Headers.AcceptRanges = fault.HasRanges ? "bytes" : "none";
        if (from >= size && from > 0)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = new ContentRangeHeaderValue(size).ToString();
            return;
        }

        if (from > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = new ContentRangeHeaderValue(from, size - 1, size).ToString();
        }

        response.ContentLength = fault.IsLengthTold ? size - from : null;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await WriteAsync(context, file, fault, from, size);
        }
    }

    // What is asked for of another version than this is not this one's range (RFC 9110, section 13.1.5).
    private static long StartOf(HttpRequest request, string etag)
    {
        var condition = request.Headers.IfRange.ToString();
        return (condition.Length == 0 || condition == etag)
            && RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var range) && range.Ranges is { Count: 1 }
            ? range.Ranges.First().From ?? 0
            : 0;
    }

    private async Task WriteAsync(HttpContext context, HubFile file, HubFault fault, long from, long size)
    {
        var cutAt = fault.CutAt is { } at && at >= from && at < size && hub.Faults.TakeCut(file.Path) ? at : (long?)null;
        var body = context.Response.BodyWriter;
        var end = cutAt ?? size;
        for (var offset = from; offset < end;)
        {
            var part = (int)Math.Min(Math.Min(WrittenAtOnce, end - offset), Megabyte - (offset % Megabyte));
            Fill(body.GetSpan(part)[..part], file, fault, offset);
            body.Advance(part);
            await body.FlushAsync(context.RequestAborted);
            hub.CountBytes(part);
            offset += part;
            if (offset % Megabyte == 0)
            {
                await cloud.Ledger.WaitAsync(cloud.Options.Name, $"megabyte of {file.Path}", fault.LatencyPerMegabyte, context.RequestAborted);
            }
        }

        if (cutAt is not null)
        {
            context.Abort();
        }
    }

    private static void Fill(Span<byte> span, HubFile file, HubFault fault, long offset)
    {
        var real = (int)Math.Clamp(file.Content.Size - offset, 0, span.Length);
        file.Content.Read(offset, span[..real]);
        span[real..].Clear();
        if (fault.FlippedAt is { } wrong && wrong >= offset && wrong < offset + span.Length)
        {
            span[(int)(wrong - offset)] ^= 1;
        }
    }
}
