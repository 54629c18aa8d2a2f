using System.Text.Json.Nodes;
using NJsonSchema;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Releases;

namespace Orchestrator.Core.Tests.Releases;

/// <summary>What a manifest says of its stacks' parity.</summary>
public sealed class ParityDemandTests
{
    [Fact]
    public void Everything_that_is_said_is_read()
    {
        var parity = ReleaseManifestParser.Parse(ManifestBuilder.Good().ToJsonString()).Value!.Parity.ShouldNotBeNull();

        (parity.MaxDifference, parity.LatencyBand, parity.MinCases).ShouldBe((0.2, 3.0, 5));
        parity.Categories.ShouldBe(new Dictionary<string, double> { ["coding"] = 0.15, ["json"] = 0.05 });
        parity.Exceptions.ShouldBe([new AcceptedDifference("chinese", new(2026, 12, 31), "the cases are being rewritten", "quality board")]);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var parity = Parse("{}").Value!.Parity.ShouldNotBeNull();

        (parity.MaxDifference, parity.LatencyBand, parity.MinCases).ShouldBe((0.1, null, 3));
        parity.Categories.ShouldBeEmpty();
        parity.Exceptions.ShouldBeEmpty();
    }

    [Fact]
    public void A_manifest_that_says_nothing_of_it_demands_nothing() => Parse("null").Value!.Parity.ShouldBeNull();

    [Theory]
    [InlineData("""{ "categories": { "overall": 0.1 } }""", "$.parity.categories.overall")]
    [InlineData("""{ "categories": { "latency": 0.1 } }""", "$.parity.categories.latency")]
    [InlineData("""{ "categories": { "Coding": 0.1 } }""", "$.parity.categories.Coding")]
    [InlineData("""{ "categories": { "coding": 1.1 } }""", "$.parity.categories.coding")]
    [InlineData("""{ "latencyBand": 0.9 }""", "$.parity.latencyBand")]
    [InlineData("""{ "minCases": 0 }""", "$.parity.minCases")]
    [InlineData("""{ "exceptions": [ { "category": "json", "until": "2026-02-30", "reason": "x", "approvedBy": "y" } ] }""", "$.parity.exceptions[0].until")]
    [InlineData("""{ "exceptions": [ { "category": "json", "until": "31.12.2026", "reason": "x", "approvedBy": "y" } ] }""", "$.parity.exceptions[0].until")]
    [InlineData("""{ "exceptions": [ { "category": "json", "until": "2026-12-31", "reason": "x" } ] }""", "$.parity.exceptions[0].approvedBy")]
    [InlineData("""{ "exceptions": [ { "category": "JSON mode", "until": "2026-12-31", "reason": "x", "approvedBy": "y" } ] }""", "$.parity.exceptions[0].category")]
    [InlineData("""{ "maxdifference": 0.1 }""", "$.parity.maxdifference")]
    public async Task What_is_wrong_is_refused_where_it_stands_by_parser_and_schema(string parity, string path)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "release.schema.json"), TestContext.Current.CancellationToken);

        Parse(parity).Problems.ShouldHaveSingleItem().Path.ShouldBe(path);
        schema.Validate(Manifest(parity)).ShouldNotBeEmpty();
    }

    private static string Manifest(string parity)
    {
        var manifest = ManifestBuilder.Good();
        manifest["parity"] = JsonNode.Parse(parity);
        return manifest.ToJsonString();
    }

    private static Core.Problems.Parsed<ReleaseManifest> Parse(string parity) => ReleaseManifestParser.Parse(Manifest(parity));
}
