using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Parity;

/// <summary>Reads what must hold between a release's stacks. What is left out has its default.</summary>
internal static partial class ParityReader
{
    private const int LargestBand = 1000;
    private const int MostCases = 10_000;
    private const int MostCategories = 50;
    private const int MostExceptions = 10;
    private const int LongestReason = 200;
    private const int LongestName = 100;
    private const string Day = "yyyy-MM-dd";

    public static ParityDemand Read(JsonObjectReader demand)
    {
        var standard = ParityDemand.Default;
        var result = new ParityDemand(
            demand.Share("maxDifference") ?? standard.MaxDifference,
            Categories(demand),
            demand.Number("latencyBand", 1, LargestBand, $"a ratio from 1 to {LargestBand}"),
            demand.Whole("minCases", 1, MostCases) ?? standard.MinCases,
            demand.Has("exceptions") ? demand.Objects("exceptions", required: false, Exception) : []);
        if (result.Exceptions.Count > MostExceptions)
        {
            demand.Report("exceptions", $"expected at most {MostExceptions} exceptions, found {result.Exceptions.Count}");
        }

        demand.RefuseUnknown();
        return result;
    }

    private static Dictionary<string, double> Categories(JsonObjectReader demand)
    {
        var bounds = new Dictionary<string, double>();
        if (demand.Find("categories") is not { } found)
        {
            return bounds;
        }

        if (found.ValueKind != JsonValueKind.Object)
        {
            demand.Report("categories", "expected an object with a bound for each category, found something else");
            return bounds;
        }

        if (found.EnumerateObject().Count() > MostCategories)
        {
            demand.Report("categories", $"expected at most {MostCategories} categories, found {found.EnumerateObject().Count()}");
        }

        foreach (var bound in found.EnumerateObject())
        {
            var path = $"{demand.PathOf("categories")}.{bound.Name}";
            if (!CategoryPattern().IsMatch(bound.Name) || bound.Name is ParityDemand.Overall or ParityDemand.Latency)
            {
                demand.ReportAt(path, $"expected a category of the suite, lower-case letters, digits and hyphens, and not {ParityDemand.Overall} or {ParityDemand.Latency}, which have bounds of their own; found '{bound.Name}'");
            }
            else if (bound.Value.ValueKind == JsonValueKind.Number && bound.Value.TryGetDouble(out var share) && share is >= 0 and <= 1)
            {
                bounds.Add(bound.Name, share);
            }
            else
            {
                demand.ReportAt(path, $"expected a share from 0 to 1, found {bound.Value.GetRawText()}");
            }
        }

        return bounds;
    }

    private static AcceptedDifference? Exception(JsonObjectReader exception)
    {
        var category = exception.RequiredText("category");
        if (category is not null && !CategoryPattern().IsMatch(category))
        {
            exception.Report("category", $"expected a category of the suite, {ParityDemand.Overall} or {ParityDemand.Latency}; found '{category}'");
        }

        var until = exception.Scalar<DateOnly>(
            "until",
            required: true,
            "the last day that it holds, such as 2026-12-31",
            found => found.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(found.GetString(), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);
        var reason = Short(exception, "reason", LongestReason);
        var approvedBy = Short(exception, "approvedBy", LongestName);
        return category is null || until is null || reason is null || approvedBy is null ? null : new(category, until.Value, reason, approvedBy);
    }

    private static string? Short(JsonObjectReader reader, string name, int longest)
    {
        var text = reader.RequiredText(name);
        if (text?.Length > longest)
        {
            reader.Report(name, $"expected at most {longest} characters, found {text.Length}");
        }

        return text;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex CategoryPattern();
}
