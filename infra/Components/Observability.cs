using Orchestrator.Infra.AzureNative;
using Orchestrator.Infra.AzureNative.ApplicationInsights;
using Orchestrator.Infra.AzureNative.Monitor;
using Orchestrator.Infra.AzureNative.OperationalInsights;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>A place's logs and telemetry: kept where they arise.</summary>
internal sealed class Observability : ComponentResource
{
    private const int DaysKept = 90;

    private readonly Place place;

    public Observability(Place place, ComponentResourceOptions options)
        : base("dualstack:index:Observability", place.Logical("observability"), options)
    {
        this.place = place;
        Logs = new(
            place.Logical("logs"),
            new()
            {
                ResourceGroupName = place.Group,
                WorkspaceName = place.Context.Names.Within("log", place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Sku = new SkuArgs { Name = "PerGB2018" },
                RetentionInDays = DaysKept,
            },
            new() { Parent = this });
        Telemetry = new(
            place.Logical("telemetry"),
            new()
            {
                ResourceGroupName = place.Group,
                ResourceName = place.Context.Names.Within("appi", place.Parts),
                Location = place.Region.Value,
                Tags = place.Tags(),
                Kind = "web",
                ApplicationType = "web",
                WorkspaceResourceId = Logs.Id,
                IngestionMode = "LogAnalytics",
                DisableLocalAuth = true,
            },
            new() { Parent = this });
        RegisterOutputs();
    }

    public Workspace Logs { get; }

    public Component Telemetry { get; }

    /// <summary>Sends all of a resource's logs here.</summary>
    public void Collect(string name, Output<string> resource) => _ = new DiagnosticSetting(
        place.Logical("diagnostics", name),
        new()
        {
            ResourceUri = resource,
            Name = "to-own-workspace",
            WorkspaceId = Logs.Id,
            Logs = [new DiagnosticsLogSettingsArgs { CategoryGroup = "allLogs", Enabled = true }],
        },
        new() { Parent = this });
}
