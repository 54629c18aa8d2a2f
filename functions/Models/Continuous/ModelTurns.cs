namespace Orchestrator.Functions.Models.Continuous;

/// <summary>
/// Which of a region's models is looked at next: the one that has waited longest, as a look may end before all have had their turn. A
/// turn counts from when it begins, so that a model which takes all of a look's time does not take the next one's too.
/// </summary>
/// <param name="before">When each model's last turn began, by name; null when that is not known.</param>
internal sealed class ModelTurns(IReadOnlyDictionary<string, DateTimeOffset>? before)
{
    private readonly Dictionary<string, DateTimeOffset> begun = new(before ?? new Dictionary<string, DateTimeOffset>(), StringComparer.Ordinal);

    /// <summary>The models in the order in which they are looked at; those that have never been come first.</summary>
    public IReadOnlyList<ModelEntry> InTurn(IEnumerable<ModelEntry> models) => [.. models.OrderBy(model => begun.GetValueOrDefault(model.Name, DateTimeOffset.MinValue))];

    /// <summary>Notes that a model's turn has begun.</summary>
    public void Begin(ModelEntry model, DateTimeOffset now) => begun[model.Name] = now;

    /// <summary>What the next look has to know of these models.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Of(IReadOnlyList<ModelEntry> models) =>
        begun.Where(turn => models.Any(model => model.Name == turn.Key)).ToDictionary(StringComparer.Ordinal);
}
