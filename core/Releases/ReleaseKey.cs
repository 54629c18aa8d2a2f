using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Releases;

/// <summary>
/// One attempt at one release. The ids of all durable instances that work on it derive from it, so that the same
/// delivery always finds the same run and a new attempt never meets an old one.
/// </summary>
/// <param name="Repository">The repository that published the release.</param>
/// <param name="Tag">The release's tag.</param>
/// <param name="Attempt"><see cref="OfPrerelease"/>, <see cref="OfRelease"/>, or a later one.</param>
public sealed partial record ReleaseKey(RepositoryName Repository, ReleaseTag Tag, int Attempt)
{
    /// <summary>What the ids of release runs begin with.</summary>
    public const string ReleasePrefix = "release-";

    /// <summary>What the ids of rollouts begin with.</summary>
    public const string RolloutPrefix = "rollout-";

    /// <summary>The attempt that is the publication's own as a prerelease, so that the release, which it may become, still has its own.</summary>
    public const int OfPrerelease = 0;

    /// <summary>The attempt that is the publication's own as a release; those that people ask for come later.</summary>
    public const int OfRelease = 1;

    private const int LongestSlug = 16;
    private const int HashDigits = 10;

    /// <summary>The id of the run that takes the release to every stack.</summary>
    public string ReleaseRun() => ReleasePrefix + Suffix();

    /// <summary>The id of the run that takes the release through one stack.</summary>
    public string StackRun(StackName stack) => $"stack-{Suffix()}-{stack}";

    /// <summary>The id of the rollout: this release going to one environment of one stack.</summary>
    public string Rollout(StackName stack, EnvironmentName environment) => $"{RolloutPrefix}{Suffix()}-{stack}-{environment}";

    /// <summary>What the ids of all rollouts of this attempt begin with.</summary>
    public string Rollouts() => $"{RolloutPrefix}{Suffix()}-";

    /// <summary>What the ids of all its other parts begin with, whatever stacks and environments there were.</summary>
    public IReadOnlyList<string> OtherParts() => [$"region-{Suffix()}-", $"back-{Suffix()}-", $"stack-{Suffix()}-"];

    /// <summary>
    /// The id of the run in one region. At most 97 characters, none of <c>/ \ # ?</c>: the durable backends take no more than 100
    /// and refuse those.
    /// </summary>
    public string RegionRun(StackName stack, EnvironmentName environment, RegionName region) =>
        $"region-{Suffix()}-{stack}-{environment}-{region}";

    /// <summary>The id of the run that takes a promoted region back to its baseline.</summary>
    public string RegionRollback(StackName stack, EnvironmentName environment, RegionName region) =>
        $"back-{Suffix()}-{stack}-{environment}-{region}";

    /// <summary>
    /// The suffix of the candidate's revision: the tag for people, a hash of what is deployed for uniqueness. It does not depend
    /// on the attempt: the same content is the same revision. Lower-case letters, digits and single hyphens, at most 27.
    /// </summary>
    public string RevisionSuffix(ImageReference image) =>
        $"{Slug(Tag.Value)}-{Hash($"{Repository.Value.ToUpperInvariant()}\n{Tag}\n{image}")}";

    private string Suffix() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Slug(Tag.Value)}-{Hash($"{Repository.Value.ToUpperInvariant()}\n{Tag}")}-{Attempt}");

    private static string Slug(string text)
    {
        var slug = NotInSlug().Replace(text.ToLowerInvariant(), "-").Trim('-');
        slug = slug.Length > LongestSlug ? slug[..LongestSlug].Trim('-') : slug;
        return slug.Length > 0 && char.IsAsciiLetter(slug[0]) ? slug : $"r{(slug.Length == LongestSlug ? slug[..^1].TrimEnd('-') : slug)}";
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlug();
}
