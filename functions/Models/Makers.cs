using System.Text.Json.Nodes;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>Who has made what serves a model, by a tag that the infra program puts on all that is its own: ours says so too.</summary>
internal static class Makers
{
    private const string Tag = "managed-by";
    private const string Us = "orchestrator";
    private const string InfraProgram = "pulumi";

    /// <summary>The tag of what we have made, for people.</summary>
    public const string Mine = $"{Tag}: {Us}";

    /// <summary>Whether we have made it.</summary>
    public static bool IsOurs(JsonObject resource) => Of(resource) == Us;

    /// <summary>Whether the infra program has made it.</summary>
    public static bool IsOfInfraProgram(JsonObject resource) => Of(resource) == InfraProgram;

    /// <summary>Puts our mark on what is about to be made, and for which release.</summary>
    /// <param name="body">What is asked for.</param>
    /// <param name="order">For which candidate.</param>
    /// <param name="like">What has the tags that the stack's resources have beside that.</param>
    public static void Mark(JsonObject body, ModelOrder order, JsonObject? like)
    {
        var tags = like?["tags"]?.DeepClone() as JsonObject ?? [];
        tags[Tag] = Us;
        tags[AppTags.Release] = order.Region.Candidate.Key.Tag.Value;
        body["tags"] = tags;
    }

    /// <summary>
    /// Why what stands under our name is not used; null when we or the infra program have made it. A return takes what has no tag: an
    /// earlier build may have made it, and there is no time to look into that.
    /// </summary>
    public static string? Refuse(string what, JsonObject there, bool isReturn) => Of(there) is Us or InfraProgram || (isReturn && Of(there) is null)
        ? null
        : $"expected {what} to be made by the orchestrator or by the stack's own program (tag {Tag}: {Us} or {InfraProgram}), found {Told(there)}: remove it, or give it the tag {Mine} if the orchestrator may use it and remove it later";

    /// <summary>Who has made it, for people.</summary>
    public static string Told(JsonObject there) => Of(there) is { } maker ? $"{Tag}: {maker}" : $"no tag {Tag}";

    /// <summary>Whether it may be removed: what we have made always, what the infra program has made once a release has taken its place.</summary>
    public static bool MayRemove(JsonObject there, bool isReplaced) => IsOurs(there) || (isReplaced && IsOfInfraProgram(there));

    private static string? Of(JsonObject resource) => (resource["tags"]?[Tag]).Text();
}
