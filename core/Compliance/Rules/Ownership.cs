using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Who uses closed models has said who owns it, and not long ago.</summary>
internal static class Ownership
{
    private const int MonthsFresh = 12;

    // Countries that providers do not serve, as far as a majority owner there is concerned.
    private static readonly string[] Unlisted = ["CN", "HK", "MO", "RU", "IR", "KP", "SY", "CU", "BY"];

    public static ComplianceRule Rule { get; } = new(
        "US-OWN-01",
        "Providers may refuse whoever is mostly owned, directly or not, from a country that they do not serve.",
        "Anthropic, updated restrictions on sales to unsupported regions",
        new(2025, 9, 5),
        new(2027, 3, 31),
        LeavesRoom: true,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        var declared = stack.Stack.Compliance;
        if (!stack.Stack.Regions.Any(place => place.Region.ClosedModels.Count > 0))
        {
            yield break;
        }

        if (declared.Ownership is not { } ownership)
        {
            yield return new($"{declared.Path}.ownership", "expected a declaration of the ultimate majority owner's country with its date, because closed models are used; found nothing");
            yield break;
        }

        if (Unlisted.Contains(ownership.Country, StringComparer.OrdinalIgnoreCase))
        {
            yield return new($"{declared.Path}.ownership.country", $"expected a country that providers of closed models serve, found {ownership.Country}");
        }

        if (ownership.Date > stack.Today)
        {
            yield return new($"{declared.Path}.ownership.date", $"expected the day of the declaration, found {ownership.Date:yyyy-MM-dd}, which is yet to come");
        }

        if (ownership.Date.AddMonths(MonthsFresh) < stack.Today)
        {
            yield return new($"{declared.Path}.ownership.date", $"expected a declaration of the last {MonthsFresh} months, found {ownership.Date:yyyy-MM-dd}");
        }
    }
}
