using System.Globalization;
using System.Text.Json;
using Orchestrator.Core.Compliance;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Configurations;

/// <summary>Reads what a stack's owners declare.</summary>
internal static class ComplianceConfigurationReader
{
    public static ComplianceConfiguration? Read(JsonObjectReader? compliance)
    {
        if (compliance is null)
        {
            return null;
        }

        var market = compliance.Word<Market>("market", required: true);
        var residency = Regions(compliance);
        var closed = compliance.Flag("closedModels") ?? false;
        var isPublic = compliance.Flag("publicService") ?? false;
        var usPerson = compliance.Flag("usPerson") ?? false;
        var filing = Filing(compliance.OptionalObject("filing"));
        var ownership = Ownership(compliance.OptionalObject("ownership"));
        var licence = compliance.OptionalText("exportLicence");
        var level = Protection(compliance.OptionalObject("protection"));
        var levels = Levels(compliance);
        compliance.RefuseUnknown();
        return market is null ? null : new(compliance.Path, market.Value, residency, closed, isPublic, usPerson, filing, ownership, licence, level, levels);
    }

    private static List<RegionName> Regions(JsonObjectReader compliance)
    {
        var regions = new List<RegionName>();
        foreach (var (item, path) in compliance.Items("residency", required: true))
        {
            if (item.ValueKind == JsonValueKind.String && RegionName.From(item.GetString()!) is { } region)
            {
                regions.Add(region);
            }
            else
            {
                compliance.ReportAt(path, $"expected {RegionName.Rule}, found {item.GetRawText()}");
            }
        }

        return regions;
    }

    private static FilingDeclaration? Filing(JsonObjectReader? filing)
    {
        if (filing is null)
        {
            return null;
        }

        var number = filing.RequiredText("number");
        var office = filing.RequiredText("office");
        var model = filing.RequiredText("model");
        filing.RefuseUnknown();
        return number is null || office is null || model is null ? null : new(number, office, model);
    }

    private static OwnershipDeclaration? Ownership(JsonObjectReader? ownership)
    {
        if (ownership is null)
        {
            return null;
        }

        var country = ownership.RequiredText("country");
        var date = ownership.Scalar<DateOnly>(
            "date",
            required: true,
            "a date such as 2026-01-31",
            found => found.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(found.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null);
        ownership.RefuseUnknown();
        return country is null || date is null ? null : new(country, date.Value);
    }

    private static ProtectionDeclaration? Protection(JsonObjectReader? protection)
    {
        if (protection is null)
        {
            return null;
        }

        var level = protection.Whole("level", 1, 5, required: true);
        var certificate = protection.RequiredText("certificate");
        protection.RefuseUnknown();
        return level is null || certificate is null ? null : new(level.Value, certificate);
    }

    private static Dictionary<string, ComplianceLevel> Levels(JsonObjectReader compliance)
    {
        var levels = new Dictionary<string, ComplianceLevel>(StringComparer.Ordinal);
        if (compliance.OptionalObject("levels") is not { } given)
        {
            return levels;
        }

        foreach (var rule in ComplianceRules.All)
        {
            if (given.Word<ComplianceLevel>(rule.Id) is not { } level)
            {
                continue;
            }

            if (level == ComplianceLevel.Warn && !rule.LeavesRoom)
            {
                given.Report(rule.Id, $"expected error, because the rule leaves no room ({rule.Source}); found warn");
            }

            levels[rule.Id] = level;
        }

        given.RefuseUnknown();
        return levels;
    }
}
