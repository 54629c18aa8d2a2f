using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;

namespace Orchestrator.Core.Releases;

/// <summary>The release's asset <c>release.json</c>: what each stack gets, and how it is verified.</summary>
/// <param name="Version">The version that a promoted workload reports, e.g. <c>1.1.0</c>.</param>
/// <param name="Stacks">What each stack gets. A stack that is not named is left as it is.</param>
/// <param name="Suite">The suite that models are verified with; null for the default one.</param>
/// <param name="Parity">What must hold between the stacks; null for nothing.</param>
public sealed record ReleaseManifest(
    string Version,
    IReadOnlyDictionary<StackName, StackManifest> Stacks,
    SuiteReference? Suite = null,
    ParityDemand? Parity = null)
{
    /// <summary>The asset's name on the release.</summary>
    public const string AssetName = "release.json";

    /// <summary>The largest manifest that is read, in bytes.</summary>
    public const int LargestSize = 4 * 1024 * 1024;
}

/// <summary>What one stack gets.</summary>
/// <param name="Image">The gateway's image, by digest.</param>
/// <param name="ClosedModels">Closed models by name and version.</param>
/// <param name="OpenWeights">Open weights by repository, revision and content.</param>
/// <param name="Verification">What this release asks of its verification, or null for the environment's policy alone.</param>
/// <param name="Rollout">What this release asks of its rollout, or null for the environment's policy alone.</param>
public sealed record StackManifest(
    ImageReference Image,
    IReadOnlyList<ClosedModel> ClosedModels,
    IReadOnlyList<OpenWeights> OpenWeights,
    VerificationDemand? Verification,
    RolloutDemand? Rollout)
{
    /// <summary>The names that the stack's workload serves models under, closed ones first.</summary>
    public IEnumerable<string> ModelNames() =>
        ClosedModels.Select(model => model.Name).Concat(OpenWeights.Select(weights => weights.Name));
}

/// <summary>A closed model behind a provider's API.</summary>
/// <param name="Format">The provider's format, e.g. <c>OpenAI</c>.</param>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The pinned version; a provider's default may change by itself.</param>
public sealed record ClosedModel(string Format, string Name, string Version);

/// <summary>Open weights, pinned by content: two hubs give the same model different commits.</summary>
/// <param name="Name">The name the model is served under.</param>
/// <param name="Repository">The hub's repository as owner/name.</param>
/// <param name="Revision">The full commit of the hub's repository.</param>
/// <param name="License">The licence's SPDX id.</param>
/// <param name="Files">Every file with its size and SHA-256.</param>
/// <param name="Server">What serves them where the orchestrator starts the server; null for what the stack's own server runs.</param>
public sealed record OpenWeights(
    string Name,
    string Repository,
    CommitSha Revision,
    string License,
    IReadOnlyList<WeightsFile> Files,
    WeightsServer? Server = null)
{
    /// <summary>All files together, in bytes.</summary>
    public long Size() => Files.Sum(file => file.Size);

    /// <summary>
    /// What identifies the weights wherever they come from: the SHA-256 of their list of files as <c>sha256sum</c> would print it,
    /// with the size between: a line <c>SHA256  SIZE  PATH</c> for each, in the order of their paths' bytes.
    /// </summary>
    public Sha256Digest Digest() => Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Concat(
        Files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Size}  {file.Path}\n")))));
}

/// <summary>One file of a model's weights.</summary>
/// <param name="Path">Relative path in the repository.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Sha256">SHA-256 of the content.</param>
public sealed record WeightsFile(string Path, long Size, Sha256Digest Sha256);

/// <summary>The server that weights are loaded into, e.g. vLLM or SGLang.</summary>
/// <param name="Image">Its image, by digest; null for that of the stack's own server.</param>
/// <param name="Arguments">What it is started with, e.g. <c>--max-model-len=65536</c>; none for what the stack's own server is started with.</param>
public sealed record WeightsServer(ImageReference? Image, IReadOnlyList<string> Arguments)
{
    /// <summary>What identifies it: the SHA-256 of the JSON list of its image and its arguments; null where it says neither.</summary>
    public Sha256Digest? Digest() => Image is null && Arguments.Count == 0
        ? null
        : Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes<string?[]>([Image?.Value, .. Arguments]));
}

/// <summary>A suite that a release brings along.</summary>
/// <param name="Asset">The name of the release's asset.</param>
/// <param name="Digest">The SHA-256 of its bytes.</param>
public sealed record SuiteReference(string Asset, Sha256Digest Digest);
