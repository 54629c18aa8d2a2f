using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Releases;

/// <summary>
/// What is wrong with a release's models that can be known before anything is rolled out: lists of weights that no server could load,
/// a suite that is not to be had, a judge that would carry what it judges out of its stack.
/// </summary>
/// <param name="suites">The suites.</param>
public sealed class ReleaseModels(SuiteLibrary suites)
{
    /// <summary>Why the release is not rolled out to these stacks; null when nothing is known against it.</summary>
    /// <param name="tag">The release's tag.</param>
    /// <param name="found">The release.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="stacks">The stacks that would get it; the manifest names all of them.</param>
    /// <param name="isRollback">Whether somebody goes back to it: what has run before is not kept from running by rules that came later.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Octokit.ApiException">GitHub could not be asked, or not now.</exception>
    public async Task<string?> RefuseAsync(ReleaseTag tag, FoundRelease found, ReleaseManifest manifest, IReadOnlyList<StackDefinition> stacks, bool isRollback, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(stacks);
        if (isRollback)
        {
            return null;
        }

        var problems = stacks.SelectMany(stack => manifest.Stacks[stack.Name].OpenWeights
            .SelectMany((weights, index) => WeightsRules.Check(weights, $"$.stacks.{stack.Name}.openWeights[{index}]"))).ToArray();
        if (problems.Length > 0)
        {
            return $"{ReleaseManifest.AssetName}: {string.Join("; ", problems)}";
        }

        var asked = stacks.Where(stack => ModelPins.Of(manifest, manifest.Stacks[stack.Name]) is not null).ToArray();
        if (asked.Length == 0 || manifest.Suite is not { } reference)
        {
            return null;
        }

        var (suite, refusal) = await suites.OfAsync(tag, found, reference, cancellationToken);
        return suite is null ? refusal : asked.Select(stack => RefuseJudge(suite, stack, manifest.Stacks[stack.Name])).FirstOrDefault(why => why is not null);
    }

    private static string? RefuseJudge(Suite suite, StackDefinition stack, StackManifest manifest)
    {
        var own = stack.Environments.SelectMany(environment => environment.Regions)
            .SelectMany(region => (region.Models?.Account?.Models.Select(slot => slot.Name) ?? []).Concat(region.Models?.Open.Select(slot => slot.Name) ?? []))
            .Concat(manifest.ModelNames())
            .ToHashSet(StringComparer.Ordinal);
        return suite.Judges.FirstOrDefault(judge => !own.Contains(judge)) is { } foreign
            ? $"expected the judges of suite {suite.Name} to be models of {stack.Name} ({string.Join(", ", own)}), because what is judged never leaves its stack; found {foreign}"
            : null;
    }
}
