using System.Text.RegularExpressions;
using Orchestrator.Core.Names;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.State;

namespace Orchestrator.Functions.Comments;

/// <summary>What somebody says of a plan in a comment on GitHub: <c>/approve v1.1.0 us-closed/production 3f9a1c…, and why</c>.</summary>
/// <param name="Kind">Approve or reject.</param>
/// <param name="Tag">The release.</param>
/// <param name="Stack">The stack.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Plan">How the digest of the plan that is meant begins.</param>
/// <param name="Why">The rest of the line, as much of it as a reason may have; null for none.</param>
public sealed partial record CommentCommand(DecisionKind Kind, ReleaseTag Tag, StackName Stack, EnvironmentName Environment, string Plan, string? Why)
{
    /// <summary>As much of a digest as has to be given: nobody finds another plan that begins so.</summary>
    public const int LeastDigest = 12;

    /// <summary>What a command looks like, as the end of a sentence: “expected …”.</summary>
    public static string Rule => $"/approve or /reject, then TAG STACK/ENVIRONMENT PLAN, where PLAN is the digest of the plan or its first {LeastDigest} digits or more, and why if you like";

    /// <summary>No more than this of a comment is looked at: a command with a reason that people read.</summary>
    private const int LongestLine = 700;

    /// <summary>The part of a comment that is looked at: its first line.</summary>
    public static string LineOf(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var end = body.AsSpan().IndexOfAny('\r', '\n');
        return body[..Math.Min(end < 0 ? body.Length : end, LongestLine)];
    }

    /// <summary>Whether a comment is meant for us: its first line begins with one of the words.</summary>
    public static bool IsMeant(string? body) => body is not null && Word().IsMatch(body);

    /// <summary>The command in a comment's first line; null when it cannot be read.</summary>
    public static CommentCommand? Parse(string line)
    {
        var match = Line().Match(line);
        return match.Success
            && ReleaseTag.From(match.Groups["tag"].Value) is { } tag
            && StackName.From(match.Groups["stack"].Value) is { } stack
            && EnvironmentName.From(match.Groups["environment"].Value) is { } environment
                ? new(
                    match.Groups["word"].Value == "approve" ? DecisionKind.Approve : DecisionKind.Reject,
                    tag,
                    stack,
                    environment,
                    match.Groups["plan"].Value,
                    match.Groups["why"].Value.Trim() is { Length: > 0 } why ? StateJson.Cut(why, Reasons.Longest) : null)
                : null;
    }

    [GeneratedRegex(@"\A/(?:approve|reject)(?=\s|\z)")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A/(?<word>approve|reject)[ \t]+(?<tag>\S+)[ \t]+(?<stack>[^\s/]+)/(?<environment>[^\s/]+)[ \t]+(?<plan>[0-9a-f]{12,64})(?<why>(?:[ \t].*)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
