using System.Net;
using System.Net.Http.Headers;
using Orchestrator.Core.Releases;
using Orchestrator.Functions.Outbound;

namespace Orchestrator.Functions.Weights;

/// <summary>
/// A hub of open weights. Hugging Face and ModelScope have files under the same path, <c>REPOSITORY/resolve/REVISION/PATH</c>, and
/// redirect large ones to a host that delivers them (huggingface_hub, <c>constants.py</c>; ModelScope, "Models: download").
/// </summary>
/// <param name="http">
/// Reaches the hub and the hosts that deliver for it, and nothing else; it follows no redirects, has no timeout of its own, and
/// carries no credential, which a redirect would give away. Its handler should not decompress: offsets are those of the file.
/// </param>
/// <param name="address">The hub, e.g. <c>https://huggingface.co/</c> or <c>https://www.modelscope.cn/models/</c>.</param>
/// <param name="time">The clock.</param>
public sealed class WeightsHub(HttpClient http, Uri address, TimeProvider time)
{
    private const int MostRedirects = 5;

    /// <summary>A file of <paramref name="weights"/> from <paramref name="offset"/>; nothing is asked for before it is read.</summary>
    internal HubReader Read(OpenWeights weights, WeightsFile file, long offset, CancellationToken cancellationToken) => new(this, weights, file, offset, time, cancellationToken);

    /// <summary>Asks for a file from an offset. The caller disposes of the answer, which is 200, 206 or 416.</summary>
    /// <exception cref="WeightsRefusedException">The hub has something else, or does not give it.</exception>
    /// <exception cref="HubBusyException">It may later.</exception>
    internal async Task<HttpResponseMessage> AskAsync(OpenWeights weights, WeightsFile file, long offset, EntityTagHeaderValue? version, CancellationToken cancellationToken)
    {
        var target = AddressOf(weights, file);
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendAsync(target, redirects > 0, offset, version, cancellationToken);
            var isKept = false;
            try
            {
                HubAnswers.Check(response, weights, file);
                if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
                {
                    HubAnswers.CheckRange(response, file, offset);
                    isKept = true;
                    return response;
                }

                var next = HubAnswers.Redirect(response) ?? throw HubAnswers.Refusal(response, file, target, time.GetUtcNow());
                target = redirects < MostRedirects
                    ? Https(new(target, next), file)
                    : throw new WeightsRefusedException($"{file.Path}: expected the hub to redirect at most {MostRedirects} times, found one more, to {next}.");
            }
            finally
            {
                if (!isKept)
                {
                    response.Dispose();
                }
            }
        }
    }

    private Uri AddressOf(OpenWeights weights, WeightsFile file)
    {
        var root = address.AbsoluteUri.EndsWith('/') ? address : new(address.AbsoluteUri + "/");
        return new(root, $"{weights.Repository}/resolve/{weights.Revision}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri target, bool isRedirected, long offset, EntityTagHeaderValue? version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (offset > 0)
        {
            request.Headers.Range = new(offset, null);
            request.Headers.IfRange = version is null ? null : new(version);
        }

        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (FenceException refused) when (isRedirected)
        {
            throw new WeightsRefusedException($"The hub redirects to where it may not. {refused.Message}");
        }
    }

    private static Uri Https(Uri target, WeightsFile file) => target.Scheme == Uri.UriSchemeHttps
        ? target
        : throw new WeightsRefusedException($"{file.Path}: expected the hub to redirect to https, found a redirect to {target.GetLeftPart(UriPartial.Authority)}.");
}
