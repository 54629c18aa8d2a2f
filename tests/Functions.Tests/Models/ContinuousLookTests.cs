using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Tests.Models;

public sealed class ContinuousLookTests
{
    private static readonly ModelFingerprint First = new("1", DateTimeOffset.UnixEpoch, FingerprintQuestions.All.ToDictionary(question => question.Id, question => $"hash of {question.Id}"));

    [Theory]
    [InlineData(0, 0, true, false)]
    [InlineData(2, 0, true, false)]
    [InlineData(4, 0, true, false)]
    [InlineData(5, 0, true, true)]
    [InlineData(8, 0, true, true)]
    [InlineData(2, 3, true, false)]
    [InlineData(3, 3, true, true)]
    [InlineData(4, 4, false, false)]
    public void Half_of_the_answers_may_differ_and_more_than_half_have_to_be_there(int different, int missing, bool isKnown, bool hasChanged)
    {
        var now = First.Hashes.OrderBy(one => one.Key, StringComparer.Ordinal).Skip(missing).Select((one, index) => (one.Key, Hash: index < different ? "another" : one.Value)).ToDictionary(one => one.Key, one => one.Hash);

        var difference = First.Compare(now);

        difference.Different.Count.ShouldBe(different);
        difference.IsKnown.ShouldBe(isKnown);
        difference.HasChanged.ShouldBe(hasChanged);
    }

    [Fact]
    public void Questions_are_asked_in_both_languages_and_a_new_one_begins_anew()
    {
        FingerprintQuestions.All.Select(question => question.Id).ShouldBeUnique();
        FingerprintQuestions.All.Count(question => question.Messages[0].Content.Any(letter => letter is >= '\u4e00' and <= '\u9fff')).ShouldBeInRange(2, FingerprintQuestions.All.Count - 2);
        First.IsOf(First.Hashes.Keys).ShouldBeTrue();
        First.IsOf([.. First.Hashes.Keys, "further-1"]).ShouldBeFalse();
    }

    [Fact]
    public void Few_cases_are_taken_from_every_category_in_turn()
    {
        var all = ShortCases.Of(DefaultSuite.Suite, null).Cases;

        all.Count.ShouldBeGreaterThan(6);
        ShortCases.Of(DefaultSuite.Suite, 6).Cases.Select(one => one.Category).Distinct().Count().ShouldBe(6);
        ShortCases.Of(DefaultSuite.Suite, 1_000).Cases.ShouldBe(all);
        ShortCases.Of(DefaultSuite.Suite, 7).Digest.ShouldBe(DefaultSuite.Suite.Digest, "scores of one file are compared");
    }
}
