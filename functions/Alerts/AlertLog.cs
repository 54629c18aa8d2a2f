using Microsoft.Extensions.Logging;

namespace Orchestrator.Functions.Alerts;

internal static partial class AlertLog
{
    [LoggerMessage(1, LogLevel.Critical, "{Type} in {Subject}, release {Tag}: {Reason}")]
    public static partial void Alerted(this ILogger logger, string type, string subject, string tag, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Subject}: nobody could be told of {Type}.")]
    public static partial void NotTold(this ILogger logger, string subject, string type);
}
