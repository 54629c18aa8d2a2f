using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>A generative-AI service to the Chinese public has its filing number, and it names the model that serves.</summary>
internal static class PublicServiceFiling
{
    public static ComplianceRule Rule { get; } = new(
        "CN-GAI-FILE-01",
        "A generative-AI service to the public in mainland China is filed or registered, and shows its number and model.",
        "Interim Measures for Generative AI Services (order 15), in force since 2023-08-15",
        new(2023, 8, 15),
        new(2027, 3, 31),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        var declared = stack.Stack.Compliance;
        if (declared.Market != Market.China || !declared.IsPublicService || !stack.Stack.Environments.Any(environment => environment.IsProduction))
        {
            yield break;
        }

        if (declared.Filing is not { } filing)
        {
            yield return new($"{declared.Path}.filing", "expected the filing's number, office and model, because the public can use the service; found nothing");
            yield break;
        }

        foreach (var model in stack.Stack.Regions.Where(place => place.Environment.IsProduction).SelectMany(place => place.Region.OpenModels).DistinctBy(model => model.Path))
        {
            if (model.Name != filing.Model)
            {
                yield return new($"{model.Path}.name", $"expected {filing.Model}, which filing {filing.Number} names; found {model.Name}");
            }
        }
    }
}
