using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Releases;

/// <summary>Reads a release manifest and says everything that is wrong with it. <c>docs/release.schema.json</c> states the same rules.</summary>
public static partial class ReleaseManifestParser
{
    /// <summary>The manifest in <paramref name="json"/>, or all its problems.</summary>
    public static Parsed<ReleaseManifest> Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The manifest in <paramref name="utf8"/>, or all its problems.</summary>
    public static Parsed<ReleaseManifest> Parse(ReadOnlyMemory<byte> utf8) =>
        utf8.Length > ReleaseManifest.LargestSize
            ? new(null, [new("$", $"expected at most {ReleaseManifest.LargestSize} bytes, found {utf8.Length}")])
            : JsonDocuments.Parse(utf8, Read);

    private static ReleaseManifest? Read(JsonObjectReader root)
    {
        root.OptionalText("$schema");
        var version = Matching(root, "version", VersionPattern(), "a semantic version such as 1.1.0");
        var stacks = new Dictionary<StackName, StackManifest>();
        foreach (var (name, entry) in root.Map<StackName>("stacks"))
        {
            if (Stack(entry) is { } stack)
            {
                stacks.Add(name, stack);
            }

            entry.RefuseUnknown();
        }

        var suite = root.OptionalObject("suite") is { } reference ? Suite(reference) : null;
        var parity = root.OptionalObject("parity") is { } demand ? ParityReader.Read(demand) : null;
        return version is null ? null : new(version, stacks, suite, parity);
    }

    private static SuiteReference? Suite(JsonObjectReader suite)
    {
        var asset = Matching(suite, "asset", AssetPattern(), "the name of one of the release's assets");
        var digest = suite.Required<Sha256Digest>("sha256");
        suite.RefuseUnknown();
        return asset is null || digest is null ? null : new(asset, digest);
    }

    private static StackManifest? Stack(JsonObjectReader stack)
    {
        var image = stack.Required<ImageReference>("image");
        var closed = stack.Has("closedModels") ? stack.Objects("closedModels", required: false, Closed) : [];
        var open = stack.Has("openWeights") ? stack.Objects("openWeights", required: false, Weights) : [];
        var verification = stack.OptionalObject("verification") is { } demand ? Verification(demand) : null;
        var rollout = stack.OptionalObject("rollout") is { } rolloutDemand ? Rollout(rolloutDemand) : null;
        return image is null ? null : new(image, closed, open, verification, rollout);
    }

    private static RolloutDemand Rollout(JsonObjectReader demand)
    {
        var result = new RolloutDemand(
            demand.Duration("bake"),
            demand.Duration("hold"),
            demand.Whole("maxParallel", 1, 10_000),
            demand.Word<Promotion>("promotion"));
        demand.RefuseUnknown();
        return result;
    }

    private static ClosedModel? Closed(JsonObjectReader model)
    {
        var format = model.RequiredText("format");
        var name = model.RequiredText("name");
        var version = model.RequiredText("version");
        return format is null || name is null || version is null ? null : new(format, name, version);
    }

    private static OpenWeights? Weights(JsonObjectReader weights)
    {
        var name = weights.RequiredText("name");
        var repository = Matching(weights, "repository", HubPattern(), "a hub repository as owner/name");
        var revision = weights.Required<CommitSha>("revision");
        var license = weights.RequiredText("license");
        var files = weights.Objects("files", required: true, File);
        var server = weights.OptionalObject("server") is { } given ? Server(given) : null;
        return name is null || repository is null || revision is null || license is null
            ? null
            : new(name, repository, revision, license, files, server);
    }

    private static WeightsServer Server(JsonObjectReader server)
    {
        var image = server.Optional<ImageReference>("image");
        var arguments = server.Texts("arguments");
        server.RefuseUnknown();
        return new(image, arguments);
    }

    private static WeightsFile? File(JsonObjectReader file)
    {
        var path = Matching(file, "path", FilePattern(), "a relative path without '..'");
        var size = file.Size("size");
        var digest = file.Required<Sha256Digest>("sha256");
        return path is null || size is null || digest is null ? null : new(path, size.Value, digest);
    }

    private static VerificationDemand Verification(JsonObjectReader demand)
    {
        var result = new VerificationDemand(
            demand.Whole("requests", 1, 10_000),
            demand.Share("maxErrorRate"),
            demand.Duration("maxP95"),
            demand.OptionalObject("probe") is { } probe ? Probe(probe) : null);
        demand.RefuseUnknown();
        return result;
    }

    private static ProbeRequest? Probe(JsonObjectReader probe)
    {
        var method = probe.Word<ProbeMethod>("method", required: true);
        var path = probe.UrlPath("path", required: true);
        var body = probe.OptionalObject("body")?.RawText;
        if (method == ProbeMethod.Get && body is not null)
        {
            probe.Report("body", "expected no body, because method is get; found an object");
        }

        probe.RefuseUnknown();
        return method is null || path is null ? null : new(method == ProbeMethod.Get ? "GET" : "POST", path, body);
    }

    private static string? Matching(JsonObjectReader reader, string name, Regex pattern, string rule)
    {
        var text = reader.RequiredText(name);
        if (text is null || pattern.IsMatch(text))
        {
            return text;
        }

        reader.Report(name, $"expected {rule}, found '{text}'");
        return null;
    }

    private enum ProbeMethod
    {
        Get,
        Post,
    }

    [GeneratedRegex(@"\A(?:0|[1-9][0-9]{0,8})\.(?:0|[1-9][0-9]{0,8})\.(?:0|[1-9][0-9]{0,8})(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex AssetPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}\z")]
    private static partial Regex HubPattern();

    [GeneratedRegex(@"\A(?!.*(?:^|/)\.\.?(?:/|$))[A-Za-z0-9._-][A-Za-z0-9._/ -]{0,255}\z")]
    private static partial Regex FilePattern();
}
