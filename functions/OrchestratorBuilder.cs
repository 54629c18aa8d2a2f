using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orchestrator.Core.Problems;
using Orchestrator.Functions.Alerts;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.Approvals;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Callers;
using Orchestrator.Functions.Comments;
using Orchestrator.Functions.Decisions;
using Orchestrator.Functions.Deliveries;
using Orchestrator.Functions.Freezes;
using Orchestrator.Functions.GitHub;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Health;
using Orchestrator.Functions.Lanes;
using Orchestrator.Functions.Models;
using Orchestrator.Functions.Models.Continuous;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Parity;
using Orchestrator.Functions.Plans;
using Orchestrator.Functions.Releases;
using Orchestrator.Functions.Retention;
using Orchestrator.Functions.Rollouts;
using Orchestrator.Functions.Settings;
using Orchestrator.Functions.State;
using Orchestrator.Functions.Suites;
using Orchestrator.Functions.Suites.Code;
using Orchestrator.Functions.Verification;
using Orchestrator.Functions.Watch;

namespace Orchestrator.Functions;

/// <summary>Adds the function app's own services to whichever host runs it.</summary>
public static class OrchestratorBuilder
{
    /// <summary>Adds everything, unless the settings are bad: then nothing is added and <paramref name="problems"/> lists all of them.</summary>
    public static bool TryAddOrchestrator(this IHostApplicationBuilder builder, out IReadOnlyList<Problem> problems)
    {
        var read = SettingsReader.Read(builder.Configuration);
        problems = read.Problems;
        if (!read.IsValid)
        {
            return false;
        }

        var services = builder.Services;
        services.AddSingleton(read.Value);
        services.TryAddSingleton(TimeProvider.System);
        services.AddCounterparts();
        services.TryAddSingleton<IStateStore>(_ => new TableStateStore(StateTables.Open(builder.Configuration)));
        services.AddSingleton<LaneStore>();
        services.AddSingleton<CallerIdentity>();
        services.AddSingleton<DecisionStore>();
        services.AddSingleton<DecisionDesk>();
        services.AddSingleton<AfterRollout>();
        services.AddSingleton<FreezeDesk>();
        services.AddSingleton<ApprovalStore>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<ApprovalPrompts>();
        services.AddSingleton<CommentDesk>();
        services.AddSingleton<RolloutPlanner>();
        services.AddSingleton<ReleasePlanner>();
        services.AddSingleton<FindingStore>();
        services.AddSingleton<RegionWatch>();
        services.AddSingleton<Watcher>();
        services.AddSingleton<ContainerApps>();
        services.AddModels();
        services.AddContinuousVerification();
        services.AddSingleton<MonitorMetrics>();
        services.AddSingleton<WorkloadObserver>();
        services.AddSingleton<IMeasurementProvider, RequestsProvider>();
        services.AddSingleton<IMeasurementProvider, PrometheusProvider>();
        services.AddSingleton<IMeasurementProvider, AzureMonitorProvider>();
        services.AddSingleton<RegionAnalyst>();
        services.AddSingleton<AlertClient>();
        services.AddSingleton<ReleaseSource>();
        services.AddGitHubRecord();
        services.AddDeliveries();
        services.AddRetention();
        services.AddParity();
        services.AddSingleton<KnownRollouts>();
        services.AddSingleton<WebhookReceiver>();
        services.AddSingleton<ReleaseModels>();
        services.AddSingleton<ReleaseReader>();
        services.AddSingleton<ReleaseStarter>();
        services.AddSingleton<ReleaseViews>();
        services.AddOrchestratorHealth();
        return true;
    }

    private static void AddModels(this IServiceCollection services)
    {
        services.AddSingleton<ModelResources>();
        services.AddSingleton<ModelAddresses>();
        services.AddSingleton<ModelProbe>();
        services.AddSingleton<ModelRetirement>();
        services.AddSingleton<OnlineTraffic>();
        services.AddSingleton<OnlineMirror>();
        services.AddSingleton<RegionWeights>();
        services.AddSingleton<ManifestLibrary>();
        services.AddSingleton<SuiteLibrary>();
        services.AddSingleton<SuiteScoreStore>();
        services.AddSingleton(provider => new SuiteRunner(provider.GetRequiredService<TimeProvider>(), CodeSandbox.Run));
        services.AddSingleton<IModelServing, ClosedModelDeployments>();
        services.AddSingleton<IModelServing, OnlineServers>();
        services.AddSingleton<IModelServing, ExternalServers>();
    }

    private static void AddContinuousVerification(this IServiceCollection services)
    {
        services.AddSingleton<ModelLookStore>();
        services.AddSingleton<ModelIdentity>();
        services.AddSingleton<FingerprintLook>();
        services.AddSingleton<QualityLook>();
        services.AddSingleton<ModelWatch>();
        services.AddSingleton<ModelRollback>();
        services.AddSingleton<ModelVerifier>();
    }

    private static void AddCounterparts(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<OrchestratorSettings>();
            return new GitHubConnection(settings.GitHub, settings.Topology.Repository, Outbound(provider), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<OrchestratorSettings>();
            return new StackConnections([.. settings.Topology.Stacks.Select(stack =>
                new StackConnection(stack, settings.StackSecrets.GetValueOrDefault(stack.Name), Outbound(provider)))]);
        });
    }

    private static Func<HttpMessageHandler> Outbound(IServiceProvider provider)
    {
        var roots = provider.GetRequiredService<OrchestratorSettings>().TrustedRoots;
        return () => OutboundHandlers.Create(roots);
    }
}
