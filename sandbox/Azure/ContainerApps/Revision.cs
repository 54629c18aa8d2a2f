using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.Workloads;

namespace Orchestrator.Sandbox.Azure.ContainerApps;

/// <summary>A revision of a container app. Its template never changes; its states follow from the clock and the region's fault when it was made.</summary>
internal sealed class Revision(string name, string fqdn, JsonObject template, SandboxImage? image, FaultKind? fault, DateTimeOffset createdAt, DateTimeOffset readyAt)
{
    private int answered;

    public string Name => name;

    public string Fqdn => fqdn;

    public JsonObject Template => template;

    public SandboxImage? Image => image;

    public FaultKind? Fault => fault;

    public bool IsActive { get; set; } = true;

    public RequestMetrics Metrics { get; } = new(createdAt);

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>Where the next request falls between 0 and 1, for faults that hit a share: of ten in a row one falls into each tenth, well mixed.</summary>
    /// <remarks>7 has no divisor in common with 10.</remarks>
    public double NextPoint() => (uint)Interlocked.Increment(ref answered) * 7 % 10 / 10.0;

    public bool HasFailed(DateTimeOffset now) => now >= readyAt && (image is null || fault == FaultKind.DeployFails);

    public bool IsReady(DateTimeOffset now) => now >= readyAt && !HasFailed(now) && fault != FaultKind.Unhealthy;

    /// <summary>Whether requests reach a process.</summary>
    public bool Answers(DateTimeOffset now) => IsActive && now >= readyAt && !HasFailed(now);

    public JsonObject Properties(DateTimeOffset now, int weight)
    {
        var (provisioning, health, running) = States(now);
        var properties = new JsonObject
        {
            ["createdTime"] = createdAt.ToString("O"),
            ["fqdn"] = fqdn,
            ["template"] = template.DeepClone(),
            ["active"] = IsActive,
            ["replicas"] = Answers(now) ? 1 : 0,
            ["trafficWeight"] = weight,
            ["provisioningState"] = provisioning,
            ["healthState"] = health,
            ["runningState"] = running,
        };
        if (HasFailed(now))
        {
            properties["provisioningError"] = image is null
                ? $"Failed to pull image '{template["containers"]?[0]?["image"]}': manifest unknown"
                : "Deployment Progress Deadline Exceeded. 0/1 replicas ready.";
        }

        return properties;
    }

    private (string Provisioning, string Health, string Running) States(DateTimeOffset now) =>
        now < readyAt ? ("Provisioning", "None", "Processing")
        : HasFailed(now) ? ("Failed", "Unhealthy", "Failed")
        : !IsActive ? ("Provisioned", "None", "Stopped")
        : fault == FaultKind.Unhealthy ? ("Provisioned", "Unhealthy", "Degraded")
        : ("Provisioned", "Healthy", "Running");
}
