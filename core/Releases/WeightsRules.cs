using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Releases;

/// <summary>
/// What open weights have to pin beside the weights themselves, so that a server needs nothing that the manifest does not name:
/// the configuration, the tokenizer and the chat template. Code files (<c>*.py</c>) are fine where they are listed: only code
/// that is pinned by content may ever run.
/// </summary>
public static class WeightsRules
{
    /// <summary>The path that says of a staged folder that it is verified. No file of a model may have it.</summary>
    public const string MarkerPath = ".verified.json";

    private static readonly string[] Configurations = ["config.json"];
    private static readonly string[] Tokenizers = ["tokenizer.json", "tokenizer.model", "tiktoken.model"];
    private static readonly string[] SplitTokenizer = ["vocab.json", "merges.txt"];
    private static readonly string[] Templates = ["chat_template.jinja", "chat_template.json", "tokenizer_config.json"];
    private static readonly string[] Weights = [".safetensors", ".gguf", ".bin"];

    /// <summary>Everything that is wrong with the list of files.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="at">Where they are in the manifest, e.g. <c>$.stacks.china-open.openWeights[0]</c>.</param>
    public static IEnumerable<Problem> Check(OpenWeights weights, string at)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var paths = weights.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        if (!paths.Overlaps(Configurations))
        {
            yield return Missing("the model's configuration, config.json");
        }

        if (!paths.Overlaps(Tokenizers) && !paths.IsSupersetOf(SplitTokenizer))
        {
            yield return Missing("a tokenizer: tokenizer.json, tokenizer.model, tiktoken.model, or vocab.json with merges.txt");
        }

        if (!paths.Overlaps(Templates))
        {
            yield return Missing("a chat template: chat_template.jinja, chat_template.json or tokenizer_config.json");
        }

        if (!paths.Any(path => Weights.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))))
        {
            yield return Missing("at least one file of weights: *.safetensors, *.gguf or *.bin");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < weights.Files.Count; index++)
        {
            var path = weights.Files[index].Path;
            if (!seen.Add(path))
            {
                yield return new($"{at}.files[{index}].path", $"expected each path once, found '{path}' again");
            }

            if (path == MarkerPath)
            {
                yield return new($"{at}.files[{index}].path", $"expected any path but '{MarkerPath}', which says of staged weights that they are verified");
            }
        }

        Problem Missing(string what) => new($"{at}.files", $"expected {what}; found none among {weights.Files.Count} files");
    }
}
