using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Every model has one identity: a version, or a commit, a digest and a licence.</summary>
internal static class PinnedModels
{
    public static ComplianceRule Rule { get; } = new(
        "GEN-PIN-01",
        "What was verified must be what serves: a version that a provider chooses, or weights without a digest, may change by themselves.",
        "Azure AI model version policy; Hugging Face and ModelScope give the same weights different commits",
        new(2023, 1, 1),
        new(2027, 6, 30),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        foreach (var model in stack.Stack.ClosedModels.Where(model => model.Version is null))
        {
            yield return new($"{model.Path}.version", $"expected the pinned version of {model.Name}, found nothing");
        }

        foreach (var (model, path, weights) in stack.Stack.OpenModels.SelectMany(model => model.Servers.Select(server => (model.Name, server.Server.Path, server.Server.Weights))).DistinctBy(one => one.Weights, ReferenceEqualityComparer.Instance))
        {
            if (weights.Revision is null)
            {
                yield return new($"{path}.weights.revision", $"expected the full commit of {weights.Repository}, found nothing");
            }

            if (weights.Digest is null)
            {
                yield return new($"{path}.weights.digest", $"expected the SHA-256 of {model}'s list of files, found nothing");
            }

            if (weights.License is null)
            {
                yield return new($"{path}.weights.license", $"expected the SPDX id of {model}'s licence, found nothing");
            }
        }
    }
}
