using System.Globalization;
using System.Net;
using Orchestrator.Core.Releases;

namespace Orchestrator.Functions.Weights;

/// <summary>
/// What a hub's answer tells before its content: everything that contradicts the manifest is found here, before gigabytes are
/// moved. The headers are Hugging Face's (huggingface_hub, <c>file_download.py</c>); where they are not sent, the content decides.
/// </summary>
internal static class HubAnswers
{
    private const int DigestLength = 64;

    /// <summary>Refuses an answer about another commit, or about a file of another size or digest.</summary>
    public static void Check(HttpResponseMessage response, OpenWeights weights, WeightsFile file)
    {
        if (Header(response, "X-Repo-Commit") is { } commit && !commit.Equals(weights.Revision.Value, StringComparison.OrdinalIgnoreCase))
        {
            throw new WeightsRefusedException($"{file.Path}: expected commit {weights.Revision} of {weights.Repository}, found the hub at {commit}.");
        }

        if (Header(response, "X-Linked-Size") is { } size && size != file.Size.ToString(CultureInfo.InvariantCulture))
        {
            throw WrongSize(file, size);
        }

        // What is not in LFS has the digest of git's object there, which says nothing here.
        if (Header(response, "X-Linked-Etag")?.Trim('"') is { Length: DigestLength } digest && !digest.Equals(file.Sha256.Value, StringComparison.OrdinalIgnoreCase))
        {
            throw new WeightsRefusedException($"{file.Path}: expected SHA-256 {file.Sha256}, found that the hub has {digest}.");
        }
    }

    /// <summary>Refuses content of another size, or a range that was not asked for.</summary>
    public static void CheckRange(HttpResponseMessage response, WeightsFile file, long offset)
    {
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.OK)
        {
            if (response.Content.Headers.ContentLength is { } told && told != file.Size)
            {
                throw WrongSize(file, told.ToString(CultureInfo.InvariantCulture));
            }
        }
        else if (range?.Length is { } whole && whole != file.Size)
        {
            throw WrongSize(file, whole.ToString(CultureInfo.InvariantCulture));
        }
        else if (response.StatusCode == HttpStatusCode.PartialContent && range?.From != offset)
        {
            throw new WeightsRefusedException($"{file.Path}: expected the bytes from {offset}, found '{range}'.");
        }
        else if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && offset < file.Size)
        {
            throw new WeightsRefusedException($"{file.Path}: expected {file.Size} bytes, found that the hub has none from {offset}.");
        }
    }

    /// <summary>Where a redirect leads, or null when the answer is none.</summary>
    public static Uri? Redirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? response.Headers.Location
            : null;

    /// <summary>What an answer without content means.</summary>
    public static Exception Refusal(HttpResponseMessage response, WeightsFile file, Uri target, DateTimeOffset now)
    {
        var status = response.StatusCode;
        if (status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status is 425 or >= 500)
        {
            var after = response.Headers.RetryAfter;
            return new HubBusyException(status, after?.Delta ?? (after?.Date - now));
        }

        return new WeightsRefusedException($"{file.Path}: expected {target.Host} to give the file, found {(int)status} {response.ReasonPhrase}. Check the repository, its revision and whether its licence has to be accepted first.");
    }

    private static WeightsRefusedException WrongSize(WeightsFile file, string found) =>
        new($"{file.Path}: expected {file.Size} bytes, found that the hub has {found}.");

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
