using Orchestrator.Core.Configurations;
using Orchestrator.Core.Releases;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Compares what a release pins with what a region's gateway asks now. Pure. The new one's name derives from its identity, so that a
/// second run finds the first one's work. A revision that exists already asks what it asks: that is what has to be there.
/// </summary>
public static class ModelPlanner
{
    /// <summary>The header that picks one of an online endpoint's servers. Source: Azure Machine Learning, test a deployment by its header.</summary>
    public const string ServerHeader = "azureml-model-deployment";

    private const int LongestDeployment = 64;
    private const int ServerDigits = 8;

    /// <summary>The plan.</summary>
    /// <param name="slots">What serves the region's models.</param>
    /// <param name="pins">What the release wants; null when it pins no models.</param>
    /// <param name="now">What the serving gateway asks.</param>
    /// <param name="known">What the candidate's revision asks; null when it does not exist yet.</param>
    public static ModelPlan Plan(RegionModels slots, ModelPins? pins, IReadOnlyList<ModelEntry> now, IReadOnlyList<ModelEntry>? known)
    {
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(now);
        var entries = now.ToList();
        var changes = new List<ModelChange>();
        foreach (var wanted in (pins?.Closed ?? []).SelectMany(model => Closed(slots, model)).Concat((pins?.Open ?? []).Select(weights => Open(slots, weights))))
        {
            if (wanted.Rejection is not null)
            {
                return ModelPlan.Rejected(wanted.Rejection);
            }

            var at = entries.FindIndex(entry => entry.Name == wanted.Name);
            if (at < 0)
            {
                return ModelPlan.Rejected($"expected the gateway that serves to ask a model {wanted.Name}, found {(now.Count == 0 ? "none" : string.Join(", ", now.Select(entry => entry.Name)))}; bring the model up in the region first");
            }

            var asks = known?.FirstOrDefault(entry => entry.Name == wanted.Name);
            if (asks is not null && Differs(asks, wanted))
            {
                return ModelPlan.Rejected($"expected the revision that this release has here already to ask {wanted.Name} {ModelEntry.WholeOf(wanted.Identity, wanted.ServerDigest)}, found {asks.Whole ?? "one of no identity"}: a revision never changes, so publish other models with another image or under another tag");
            }

            var next = asks is null ? Next(entries[at], wanted) : asks with { Identity = wanted.Identity };
            if (entries[at].Whole == next.Whole && (asks is null || ServerOf(asks) == ServerOf(entries[at])))
            {
                continue;
            }

            if (wanted.NoRoom is not null)
            {
                return ModelPlan.Rejected($"{wanted.Name}: {wanted.NoRoom}");
            }

            changes.Add(new(wanted.Name, wanted.Kind, entries[at].Identity, wanted.Identity, IsUnnamed(wanted, next) ? ServerNames.Of(wanted.Identity) : ServerOf(next))
            {
                FromServer = entries[at].ServerDigest,
                ToServer = next.ServerDigest,
                IsAsked = asks is not null,
            });
            entries[at] = next;
        }

        return Unpinned(now, known, changes) is { } name
            ? ModelPlan.Rejected($"expected the release to pin {name}, because the revision that it has here already asks another one than serves now, which may be gone; found no pin")
            : new(entries, changes);
    }

    // Who says nothing of a server asks the stack's own, and no other.
    private static bool Differs(ModelEntry asks, Wanted wanted) =>
        (asks.Identity is { } other && other != wanted.Identity) || asks.ServerDigest != wanted.ServerDigest;

    // What a revision asks that nobody pins could not be brought up again.
    private static string? Unpinned(IReadOnlyList<ModelEntry> now, IReadOnlyList<ModelEntry>? known, IReadOnlyList<ModelChange> changes) => known?
        .Where(asks => changes.All(change => change.Name != asks.Name))
        .FirstOrDefault(asks => now.FirstOrDefault(entry => entry.Name == asks.Name) is { } entry && ServerOf(entry) != ServerOf(asks))?.Name;

    /// <summary>What an entry's model is called where it is served.</summary>
    public static string ServerOf(ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Headers?.GetValueOrDefault(ServerHeader) ?? entry.Asked;
    }

    /// <summary>What tells servers of the same weights apart: the first digits of the digest of image and arguments; null for the stack's own.</summary>
    internal static string? ServerDigestOf(WeightsServer? server) => server?.Digest()?.Value[..ServerDigits];

    // A region may have several deployments of one model, each under a name of its own.
    private static IEnumerable<Wanted> Closed(RegionModels slots, ClosedModel model)
    {
        var of = (slots.Account?.Models ?? []).Where(slot => slot.Model == model.Name).ToArray();
        return of.Length > 0
            ? of.Select(slot => new Wanted(slot.Name, ModelKind.Closed, model.Version, Cut($"{slot.Name}-{model.Version}")))
            : [Wanted.Rejected($"expected {model.Name} among the region's closed models, found {Names(slots.Account?.Models.Select(one => one.Model))}")];
    }

    private static Wanted Open(RegionModels slots, WeightsPin weights)
    {
        if (slots.FindOpen(weights.Name) is not { } slot)
        {
            return Wanted.Rejected($"expected {weights.Name} among the region's open models, found {Names(slots.Open.Select(one => one.Name))}");
        }

        return slot.Serving == ServingKind.External
            ? new(slot.Name, ModelKind.External, weights.Digest.Value, $"{slot.Name}-{weights.Digest.Value[..ServerNames.WeightsDigits]}", slot.Accelerator.NoRoomFor(weights.Size))
            : Online(slot, weights);
    }

    private static Wanted Online(OpenModelSlot slot, WeightsPin weights)
    {
        var server = ServerDigestOf(weights.Server);
        return new(slot.Name, ModelKind.Online, weights.Digest.Value, ServerNames.Of(weights.Digest.Value, server), slot.Accelerator.NoRoomFor(weights.Size), ServerDigest: server);
    }

    // A server of an online endpoint is picked by a header, and serves the model under its own name.
    private static ModelEntry Next(ModelEntry now, Wanted wanted) => wanted.Kind == ModelKind.Online
        ? now with { Identity = wanted.Identity, ServerDigest = wanted.ServerDigest, Headers = new Dictionary<string, string>(now.Headers ?? new Dictionary<string, string>()) { [ServerHeader] = wanted.Server } }
        : now with { Identity = wanted.Identity, ServerDigest = wanted.ServerDigest, Deployment = wanted.Server };

    // Whoever names no server of an endpoint asks the one that has the traffic, which says nothing of what that is called.
    private static bool IsUnnamed(Wanted wanted, ModelEntry next) => wanted.Kind == ModelKind.Online && next.Headers?.ContainsKey(ServerHeader) != true;

    private static string Names(IEnumerable<string>? names) => string.Join(", ", names ?? []) is { Length: > 0 } some ? some : "none";

    private static string Cut(string name) => name.Length <= LongestDeployment ? name : name[..LongestDeployment];

    private sealed record Wanted(string Name, ModelKind Kind, string Identity, string Server, string? NoRoom = null, string? Rejection = null, string? ServerDigest = null)
    {
        public static Wanted Rejected(string why) => new(string.Empty, default, string.Empty, string.Empty, Rejection: why);
    }
}
