using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Azure.ContainerApps;

/// <summary>A container app: a change of its template makes a revision, everything else applies to the app at once.</summary>
internal sealed class ContainerApp(string name, string domain)
{
    private readonly List<Revision> revisions = [];
    private int requests;
    private int suffixes;

    public IReadOnlyList<Revision> Revisions => revisions;

    /// <summary>Until when the requests of the region's users have been counted; null before the first.</summary>
    public DateTimeOffset? ServedUntil { get; set; }

    public string Fqdn => $"{name}.{domain}";

    /// <summary>The same without a port.</summary>
    public string Host { get; } = $"{name}.{domain[..domain.LastIndexOf(':')]}";

    public bool IsMultiple { get; private set; }

    public IReadOnlyList<TrafficEntry> Traffic { get; private set; } = [];

    /// <summary>Takes over the app's new properties.</summary>
    /// <exception cref="ArmException">They contradict themselves or what exists.</exception>
    public void Apply(JsonObject properties, Func<string?, SandboxImage?> images, FaultKind? fault, DateTimeOffset now, Func<DateTimeOffset> readyAt)
    {
        var template = properties["template"] as JsonObject
            ?? throw new ArmException(400, "ContainerAppTemplateRequired", "The property 'properties.template' is required.");
        var isMultiple = properties["configuration"]?["activeRevisionsMode"]?.GetValue<string>() == "Multiple";
        var traffic = TrafficEntry.Read(properties["configuration"]?["ingress"]?["traffic"] as JsonArray);
        var next = NextRevision(template);
        if (isMultiple)
        {
            TrafficEntry.Check(traffic, revision => Is(revision, next) || Find(revision) is { IsActive: true });
        }

        IsMultiple = isMultiple;
        Traffic = isMultiple ? traffic : [TrafficEntry.Latest];
        if (next is not null)
        {
            var image = images(template["containers"]?[0]?["image"]?.GetValue<string>());
            revisions.Add(new(next, $"{next}.{domain}", template.DeepClone().AsObject(), image, fault, now, readyAt()));
        }

        foreach (var old in isMultiple ? [] : revisions.SkipLast(1))
        {
            old.IsActive = false;
        }
    }

    public Revision? Find(string revision) => revisions.FirstOrDefault(one => Is(revision, one.Name));

    public int WeightOf(Revision revision, DateTimeOffset now) => Traffic.Where(entry => Target(entry, now) == revision).Sum(entry => entry.Weight);

    /// <summary>The revision that the next request to the app's own address goes to: by weight, evenly spread.</summary>
    public Revision? Route(DateTimeOffset now)
    {
        // 37 has no divisor in common with 100: a hundred requests meet every percent once, well mixed.
        var point = (int)((uint)Interlocked.Increment(ref requests) * 37 % 100);
        foreach (var entry in Traffic)
        {
            point -= entry.Weight;
            if (point < 0)
            {
                return Target(entry, now);
            }
        }

        return null;
    }

    public Revision? Labelled(string label, DateTimeOffset now) => Traffic.FirstOrDefault(entry => entry.Label == label) is { } entry ? Target(entry, now) : null;

    public JsonObject Properties(JsonObject put, DateTimeOffset now)
    {
        var properties = put.DeepClone().AsObject();
        properties["latestRevisionName"] = revisions.LastOrDefault()?.Name;
        properties["latestRevisionFqdn"] = revisions.LastOrDefault()?.Fqdn;
        properties["latestReadyRevisionName"] = revisions.LastOrDefault(revision => revision.IsReady(now))?.Name;
        properties["runningStatus"] = "Running";
        if (properties["configuration"] is JsonObject configuration)
        {
            // Secrets go in and never come out.
            foreach (var secret in (configuration["secrets"] as JsonArray ?? []).OfType<JsonObject>())
            {
                secret.Remove("value");
            }

            if (configuration["ingress"] is JsonObject ingress)
            {
                ingress["fqdn"] = Fqdn;
                ingress["traffic"] = new JsonArray([.. Traffic.Select(entry => entry.Write())]);
            }
        }

        return properties;
    }

    private Revision? Target(TrafficEntry entry, DateTimeOffset now) => entry.Revision is { } revision
        ? Find(revision)
        : revisions.LastOrDefault(candidate => candidate.IsActive && candidate.IsReady(now)) ?? revisions.LastOrDefault();

    // The name of the revision that the template asks for; null when there is one already.
    private string? NextRevision(JsonObject template)
    {
        if (revisions.LastOrDefault() is { } last && JsonNode.DeepEquals(last.Template, template))
        {
            return null;
        }

        var suffix = template["revisionSuffix"]?.GetValue<string>();
        var revision = $"{name}--{(string.IsNullOrEmpty(suffix) ? $"{++suffixes:0000000}" : suffix)}";
        return Find(revision) is not { } existing ? revision
            : JsonNode.DeepEquals(existing.Template, template) ? null
            : throw new ArmException(400, "RevisionSuffixInUse", $"Revision with suffix '{suffix}' already exists with another template. Choose a unique suffix.");
    }

    private static bool Is(string revision, string? name) => revision.Equals(name, StringComparison.OrdinalIgnoreCase);
}
