using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Open models on clusters that others run: their operator brings the candidate up beside what serves now, under a served name that
/// ends in the digest of its weights. We wait for it, and see that it answers as that.
/// </summary>
/// <param name="probe">Who asks the model.</param>
public sealed class ExternalServers(ModelProbe probe) : IModelServing
{
    private const int NamesTold = 5;

    /// <inheritdoc />
    public ModelKind Kind => ModelKind.External;

    /// <inheritdoc />
    public async Task<ModelReadiness> BringAsync(ModelOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (target, entry) = (order.Region.Target, order.Entry());
        var (names, detail) = await probe.ServedAsync(target, Kind, entry, cancellationToken);
        if (names is null)
        {
            // The port of vLLM opens once weights are loaded: no connection is no failure.
            return ModelReadiness.Progressing($"the cluster at {new Uri(entry.Endpoint).Authority} does not answer: {detail}");
        }

        if (!names.Contains(entry.Asked, StringComparer.Ordinal))
        {
            return ModelReadiness.Progressing($"the cluster's operator has yet to serve {entry.Asked}; it serves {(names.Count == 0 ? "nothing" : string.Join(", ", names.Take(NamesTold)))}");
        }

        var answer = await probe.AskAsync(target, Kind, entry, cancellationToken);
        return FirstAnswer.Judge(Kind, entry.Asked, entry.Asked, answer);
    }

    /// <inheritdoc />
    public Task RemoveAsync(RegionTarget target, ModelEntry retired, ModelEntry serving, bool isReplaced, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task SweepAsync(RegionTarget target, IReadOnlyList<ModelEntry> serving, CancellationToken cancellationToken) => Task.CompletedTask;
}
