using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Suites;

/// <summary>
/// Reads a suite's file and says everything that is wrong with it. <c>docs/suite.schema.json</c> states the same rules, except those
/// that no schema can: that ids are unique, that a regular expression is one, that what is referred to is there, and how long is too long.
/// </summary>
public static class SuiteParser
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The suite in <paramref name="utf8"/>, or all its problems. Its digest is that of these bytes.</summary>
    public static Parsed<Suite> Parse(ReadOnlyMemory<byte> utf8) =>
        utf8.Length > Suite.LargestSize
            ? new(null, [new("$", $"expected at most {Suite.LargestSize} bytes, found {utf8.Length}")])
            : JsonDocuments.Parse(utf8, root => Read(root, Sha256Digest.Of(utf8.Span)));

    private static Suite? Read(JsonObjectReader root, Sha256Digest digest)
    {
        root.OptionalText("$schema");
        var name = root.Matching("name", SuiteTexts.Id(), SuiteTexts.IdRule);
        var version = root.Matching("version", SuiteTexts.Version(), SuiteTexts.VersionRule);
        var repeats = root.Whole("repeats", 1, Suite.MostRepeats) ?? 1;
        var seed = root.Whole("seed", 0, 1_000_000_000) ?? 0;
        var timeout = root.Limit("timeout") ?? UsualTimeout;
        var cases = Cases(root);
        return name is null || version is null ? null : new(name, version, digest, repeats, seed, timeout, cases);
    }

    private static IReadOnlyList<SuiteCase> Cases(JsonObjectReader root)
    {
        if (root.Find("cases") is { ValueKind: System.Text.Json.JsonValueKind.Array } given && given.GetArrayLength() > Suite.MostCases)
        {
            root.Report("cases", $"expected at most {Suite.MostCases} cases, found {given.GetArrayLength()}");
            return [];
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        return root.Objects("cases", required: true, one =>
        {
            var read = SuiteCaseReader.Read(one);
            if (read is not null && !ids.Add(read.Id))
            {
                one.Report("id", $"expected each id once, found '{read.Id}' again");
            }

            return read;
        });
    }
}
