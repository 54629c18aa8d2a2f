using Orchestrator.Functions.Models;
using Orchestrator.Functions.Models.Continuous;

namespace Orchestrator.Functions.Tests.Models;

/// <summary>Whose turn it is in a look that may end before all models have been seen.</summary>
public sealed class ModelTurnsTests
{
    private static readonly ModelEntry[] Models = [.. new[] { "a", "b", "c", "d", "e" }.Select(name => new ModelEntry(name, "https://models.example/"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void However_few_a_look_sees_all_get_their_turn_equally_often(int seen)
    {
        var looks = Looks(Models, Models.Length, (_, begun) => begun == seen);

        looks.SelectMany(look => look).CountBy(name => name).Select(count => count.Value).ShouldAllBe(count => count == seen);
    }

    [Fact]
    public void A_model_that_takes_all_of_a_looks_time_does_not_take_the_next_ones() =>
        Looks(Models, 4, (model, _) => model == "b").ShouldBe([["a", "b"], ["c", "d", "e", "a", "b"], ["c", "d", "e", "a", "b"], ["c", "d", "e", "a", "b"]]);

    [Fact]
    public void A_model_that_is_new_comes_first_and_one_that_is_gone_is_forgotten()
    {
        var turns = new ModelTurns(null);
        foreach (var model in Models)
        {
            turns.Begin(model, DateTimeOffset.UnixEpoch);
        }

        ModelEntry[] now = [.. Models.Skip(1), new("new", "https://models.example/")];
        var next = new ModelTurns(turns.Of(now));

        next.InTurn(now).Select(model => model.Name).ShouldBe(["new", "b", "c", "d", "e"]);
        next.Of(now).Keys.ShouldBe(["b", "c", "d", "e"], ignoreOrder: true);
    }

    // Who had a turn in each of so many looks, each of which ends where it is told to.
    private static IReadOnlyList<IReadOnlyList<string>> Looks(ModelEntry[] models, int count, Func<string, int, bool> ends)
    {
        var (now, looks) = (DateTimeOffset.UnixEpoch, new List<IReadOnlyList<string>>());
        IReadOnlyDictionary<string, DateTimeOffset>? before = null;
        for (var look = 0; look < count; look++)
        {
            var (turns, begun) = (new ModelTurns(before), new List<string>());
            foreach (var model in turns.InTurn(models))
            {
                turns.Begin(model, now += TimeSpan.FromSeconds(1));
                begun.Add(model.Name);
                if (ends(model.Name, begun.Count))
                {
                    break;
                }
            }

            before = turns.Of(models);
            looks.Add(begun);
        }

        return looks;
    }
}
