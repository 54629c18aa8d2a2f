using Orchestrator.Core.Analysis;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Analysis;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>
/// Tries a new server of an online endpoint with copies of users' requests. Azure Machine Learning copies those that go by the shares of
/// the traffic; nothing says that it copies those that name a server, so an endpoint whose gateway names one may have none to copy.
/// </summary>
/// <param name="resources">The resources.</param>
/// <param name="traffic">How the endpoint's requests are shared.</param>
/// <param name="metrics">What was counted of them.</param>
public sealed class OnlineMirror(ModelResources resources, OnlineTraffic traffic, MonitorMetrics metrics)
{
    private const int FailedDependency = 424;

    private static readonly Looks OneLook = new(1, 1);

    /// <summary>Begins to copy; why there is nothing to copy, or null once copies are made. The same again changes nothing.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or the endpoint is not done in time.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public async Task<string?> BeginAsync(RegionTarget target, ModelChange change, int percent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var endpoint = OnlineServers.EndpointOf(target, change.Name);
        var found = await resources.ReadAsync(target, endpoint, ApiVersions.MachineLearning, cancellationToken);
        if ((found?["kind"]).Text() == "Kubernetes")
        {
            return "on a cluster Azure Machine Learning copies no requests";
        }

        // There is one mirror. A server of ours that still has it was left behind; what others watch stays as it is.
        if (OnlineTraffic.CopiedTo(found) is { } other
            && other != change.Server
            && await resources.ReadAsync(target, $"{endpoint}/deployments/{other}", ApiVersions.MachineLearning, cancellationToken) is { } watched
            && !Makers.IsOurs(watched))
        {
            return $"requests are copied to {other} already";
        }

        var shares = OnlineTraffic.SharesOf(found);
        if (shares.Values.Sum() == 0)
        {
            return "no server has requests that could be copied";
        }

        if (shares.GetValueOrDefault(change.Server) > 0)
        {
            return $"server {change.Server} has the requests itself by now";
        }

        await traffic.CopyAsync(target, endpoint, change.Server, percent, cancellationToken);
        return null;
    }

    /// <summary>Copies no more.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or the endpoint is not done in time.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public Task EndAsync(RegionTarget target, ModelChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return traffic.CopyNoMoreAsync(target, OnlineServers.EndpointOf(target, change.Name), change.Server, cancellationToken);
    }

    /// <summary>
    /// Compares the share of failed copies with that of the requests they are copies of, by the environment's own bounds for errors.
    /// Too few to tell is no obstacle: what is to come looks closer.
    /// </summary>
    /// <exception cref="StackUnavailableException">Azure Monitor could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">It refuses to say.</exception>
    public async Task<VerificationResult> LookAsync(RegionTarget target, ModelChange change, AnalysisPolicy analysis, MirrorSpan span, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(analysis);
        var counts = await metrics.RequestsOfServersAsync(target, OnlineServers.EndpointOf(target, change.Name), span.From, span.To, cancellationToken);
        var policy = (analysis.Metrics.FirstOrDefault(metric => metric.Metric == Metric.Errors) ?? MetricPolicy.Default(Metric.Errors)) with { IfMissing = MissingData.Inconclusive };
        var source = MeasurementSource.AzureMonitor;
        var measured = new SourceReading(source, [new(source, Metric.Errors, Failed(ofNew: true), Failed(ofNew: false))]);
        return VerificationResult.Of(AnalysisJudge.Judge(analysis with { Sources = [source], Metrics = [policy] }, [measured], OneLook, JudgementScope.Everything));

        Sample Failed(bool ofNew)
        {
            var own = counts.Where(count => count.By.Equals(change.Server, StringComparison.OrdinalIgnoreCase) == ofNew && !IsLimited(count)).ToArray();
            return Sample.OfShare(own.Where(HasFailed).Sum(count => count.Requests), own.Sum(count => count.Requests));
        }
    }

    private static bool IsLimited(RequestCount count) => StatusOf(count) == 429;

    // What a server refuses is the caller's fault, and was the same for the request that was copied.
    internal static bool HasFailed(RequestCount count) => StatusOf(count) is 408 or FailedDependency or >= 500;

    // An endpoint answers 424 whatever its server has answered but success; one that has not answered at all has no such status of its
    // own. Source: Azure Machine Learning, troubleshooting online endpoints.
    private static int StatusOf(RequestCount count) => count is { Status: FailedDependency, ModelStatus: >= 300 and var own } ? own : count.Status;
}
