using System.Text.RegularExpressions;
using Orchestrator.Core.Suites;

namespace Orchestrator.Functions.Parity;

/// <summary>What the texts and numbers of a sheet may be: names and ids without a space, so that no sentence passes for one.</summary>
internal static partial class SheetRules
{
    private const int MostModels = 64;
    private const int MostCases = 5000;
    private const int MostTries = 1_000_000;
    private const double LargestMeasure = 1e9;

    /// <summary>The first thing that is wrong, without quoting it; null when nothing is.</summary>
    public static string? Problem(ScoreSheet sheet)
    {
        if (sheet.Models.Count > MostModels || sheet.Cases.Count is 0 or > MostCases)
        {
            return $"expected at most {MostModels} models and 1 to {MostCases} cases, found {sheet.Models.Count} and {sheet.Cases.Count}";
        }

        if (!IdPattern().IsMatch(sheet.Suite))
        {
            return "suite: expected at most 64 lower-case letters, digits and hyphens, found something else";
        }

        var models = sheet.Models.Index().FirstOrDefault(one => !NamePattern().IsMatch(one.Item.Name) || (one.Item.Identity is { } identity && !NamePattern().IsMatch(identity)));
        if (models.Item is not null)
        {
            return $"models[{models.Index}]: expected a name and an identity of at most 128 letters, digits and . _ : / @ + -, found something else";
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        return sheet.Cases.Index().Select(one => Problem(one.Item, ids) is { } problem ? $"cases[{one.Index}]: {problem}" : null).FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(CaseScore score, HashSet<string> ids)
    {
        if (!IdPattern().IsMatch(score.Id))
        {
            return "expected an id of at most 64 lower-case letters, digits and hyphens, found something else";
        }

        if (!CategoryPattern().IsMatch(score.Category))
        {
            return "expected a category of at most 32 lower-case letters, digits and hyphens, found something else";
        }

        if (!ids.Add(score.Id))
        {
            return "expected each id once, found one again";
        }

        if (score.Tries is < 0 or > MostTries || score.Errors is < 0 or > MostTries || score.Passed < 0 || score.Passed > score.Tries)
        {
            return $"expected passed of at most tries, and tries and errors from 0 to {MostTries}; found something else";
        }

        return IsMeasure(score.FirstTokenMs) && IsMeasure(score.LatencyMs) && IsMeasure(score.TokensPerSecond)
            ? null
            : $"expected measures from 0 to {LargestMeasure:0}, found something else";
    }

    private static bool IsMeasure(double? measure) => measure is null or (>= 0 and <= LargestMeasure);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex CategoryPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}\z")]
    private static partial Regex NamePattern();
}
