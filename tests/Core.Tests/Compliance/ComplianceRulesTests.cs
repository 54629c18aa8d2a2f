using System.Text.Json.Nodes;
using Orchestrator.Core.Compliance;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Tests.Configurations;

namespace Orchestrator.Core.Tests.Compliance;

public sealed class ComplianceRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void A_stack_that_keeps_the_rules_has_no_finding() => Check(ConfigurationBuilder.Good()).ShouldBeEmpty();

    [Fact]
    public void A_finding_says_where_what_which_rule_why_and_whose()
    {
        var configuration = ConfigurationBuilder.Good();
        configuration["compliance"]!.AsObject().Remove("filing");

        var finding = Check(configuration).ShouldHaveSingleItem();

        finding.Level.ShouldBe(ComplianceLevel.Error);
        finding.ToString().ShouldBe(
            "$.compliance.filing: expected the filing's number, office and model, because the public can use the service; found nothing "
            + "[CN-GAI-FILE-01: A generative-AI service to the public in mainland China is filed or registered, and shows its number and model. "
            + "Source: Interim Measures for Generative AI Services (order 15), in force since 2023-08-15]");
    }

    [Fact]
    public void A_rule_that_leaves_room_warns_where_the_stack_says_so_and_is_never_silent()
    {
        var configuration = ConfigurationBuilder.Good();
        configuration["compliance"]!.AsObject().Remove("protection");
        Check(configuration).ShouldHaveSingleItem().Level.ShouldBe(ComplianceLevel.Error);

        configuration["compliance"]!["levels"] = new JsonObject { ["CN-MLPS-01"] = "warn" };

        var finding = Check(configuration).ShouldHaveSingleItem();
        finding.Level.ShouldBe(ComplianceLevel.Warn);
        finding.Rule.Id.ShouldBe("CN-MLPS-01");
    }

    [Fact]
    public void A_rule_that_nobody_has_reviewed_in_time_warns_and_still_applies()
    {
        var configuration = ConfigurationBuilder.Good();
        configuration["compliance"]!.AsObject().Remove("filing");

        var findings = Check(configuration, new(2027, 4, 1)).Where(finding => finding.Rule.Id == "CN-GAI-FILE-01").ToArray();

        findings.Select(finding => finding.Level).ShouldBe([ComplianceLevel.Error, ComplianceLevel.Warn]);
        findings[1].Message.ShouldContain("expected a review of rule CN-GAI-FILE-01 by 2027-03-31");
    }

    [Fact]
    public void A_rule_applies_from_its_day_on()
    {
        var configuration = ConfigurationBuilder.Good();
        configuration["compliance"]!.AsObject().Remove("filing");

        Check(configuration, new(2023, 8, 14)).ShouldBeEmpty();
        Check(configuration, new(2023, 8, 15)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Every_rule_has_an_id_of_its_own_a_reason_a_source_and_a_day_of_review()
    {
        ComplianceRules.All.Select(rule => rule.Id).ShouldBeUnique();
        ComplianceRules.All.ShouldAllBe(rule => rule.Reason.EndsWith('.') && rule.Source.Length > 0 && rule.ReviewBy > rule.EffectiveFrom);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", "US-CLOSED-01")]
    [InlineData("https://contoso.openai.azure.com/", "US-CLOSED-01", "GEN-CLOUD-01")]
    [InlineData("https://models.blob.core.windows.net/", "GEN-CLOUD-01")]
    [InlineData("https://models.contoso.com/")]
    public void An_open_model_answers_neither_at_a_closed_ones_address_nor_in_another_cloud(string endpoint, params string[] rules)
    {
        var configuration = ConfigurationBuilder.Good();
        configuration.Model()["endpoint"] = endpoint;

        Check(configuration).Select(finding => finding.Rule.Id).ShouldBe(rules, ignoreOrder: true);
    }

    [Fact]
    public void What_two_stacks_share_is_found_whichever_of_them_is_looked_at()
    {
        var other = ConfigurationBuilder.Good();
        other["name"] = "other";

        Shared(ConfigurationBuilder.Good(), other).ShouldBe(Shared(other, ConfigurationBuilder.Good()));
        Shared(ConfigurationBuilder.Good(), other).ShouldBe(["$.environments[0].openModels[0].endpoint", "$.image", "$.subscriptionId", "$.tenantId"]);

        static IEnumerable<string> Shared(JsonObject one, JsonObject other) =>
            ComplianceRules.Check(new(one.Build(), [other.Build()], Today)).Select(finding => finding.Path).Order(StringComparer.Ordinal);
    }

    private static IReadOnlyList<ComplianceFinding> Check(JsonObject configuration, DateOnly? today = null) =>
        ComplianceRules.Check(new(configuration.Build(), [], today ?? Today));
}
