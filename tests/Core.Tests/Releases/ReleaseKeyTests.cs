using CsCheck;
using Orchestrator.Core.Names;
using Orchestrator.Core.Releases;

namespace Orchestrator.Core.Tests.Releases;

public sealed class ReleaseKeyTests
{
    private static readonly ImageReference Image = Identifier.Parse<ImageReference>($"contoso.azurecr.io/gateway@sha256:{new string('a', 64)}");

    private static readonly Gen<string> Tags =
        Gen.String[Gen.Char["abcXYZ0123456789._-+/"], 1, 128].Where(tag => ReleaseTag.From(tag) is not null);

    [Fact]
    public void The_longest_names_make_ids_that_every_backend_takes() => Tags.Sample(tag =>
    {
        var id = Key(tag, 99).RegionRun(
            Identifier.Parse<StackName>(new('s', 20)),
            Identifier.Parse<EnvironmentName>(new('e', 16)),
            Identifier.Parse<RegionName>(new('r', 20)));

        return id.Length <= 100 && id.IndexOfAny(['/', '\\', '#', '?']) < 0 && id.All(character => character is > ' ' and < '\u007f');
    });

    [Fact]
    public void A_revision_suffix_is_one_that_container_apps_take() => Tags.Sample(tag =>
    {
        var suffix = Key(tag).RevisionSuffix(Image);
        return suffix.Length <= 27
            && char.IsAsciiLetterLower(suffix[0])
            && char.IsAsciiLetterOrDigit(suffix[^1])
            && !suffix.Contains("--", StringComparison.Ordinal)
            && suffix.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
    });

    [Fact]
    public void The_same_release_has_the_same_ids_whatever_the_case_of_its_repository() =>
        Key("v1.1.0").ReleaseRun().ShouldBe(new ReleaseKey(Identifier.Parse<RepositoryName>("CONTOSO/Assistant"), Identifier.Parse<ReleaseTag>("v1.1.0"), 1).ReleaseRun());

    [Fact]
    public void Tags_that_look_alike_after_cleaning_have_ids_of_their_own() =>
        new[] { "v1.1.0", "v1-1-0", "v1_1_0", "V1.1.0" }.Select(tag => Key(tag).ReleaseRun()).Distinct().Count().ShouldBe(4);

    [Fact]
    public void A_second_attempt_has_ids_of_its_own_and_the_same_revision()
    {
        Key("v1.1.0", 2).ReleaseRun().ShouldNotBe(Key("v1.1.0").ReleaseRun());
        Key("v1.1.0", 2).RevisionSuffix(Image).ShouldBe(Key("v1.1.0").RevisionSuffix(Image));
    }

    private static ReleaseKey Key(string tag, int attempt = 1) =>
        new(Identifier.Parse<RepositoryName>("contoso/assistant"), Identifier.Parse<ReleaseTag>(tag), attempt);
}
