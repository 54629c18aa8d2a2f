using System.Globalization;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Tests.State;

/// <summary>Scores of suites of any size, each as long as one may be.</summary>
internal static class ManyCases
{
    public static IReadOnlyList<CaseScore> Of(int count) => [.. Enumerable.Range(0, count).Select(number =>
        new CaseScore(string.Create(CultureInfo.InvariantCulture, $"case-{number:0000}").PadRight(64, 'x'), new string('c', 32), number % 4, 3, 1, number % 7 == 0, 123.456, 1234.567, 98.765))];
}
