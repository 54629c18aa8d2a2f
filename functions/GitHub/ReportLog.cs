using Microsoft.Extensions.Logging;

namespace Orchestrator.Functions.GitHub;

internal static partial class ReportLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Target}: GitHub could not be told that the deployment is {Phase}.")]
    public static partial void NotDelivered(this ILogger logger, string target, DeploymentPhase phase);
}
