using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Orchestrator.Sandbox.Models.Serving;

/// <summary>
/// What an online endpoint makes of a server's own errors: 424, with the server's status in a header. Source: Azure Machine Learning,
/// troubleshooting online endpoints, HTTP status codes.
/// </summary>
internal static class ModelErrors
{
    /// <summary>The status of an answer that a server has refused or failed.</summary>
    public const int Status = StatusCodes.Status424FailedDependency;

    private const string StatusHeader = "ms-azureml-model-error-statuscode";
    private const string ReasonHeader = "ms-azureml-model-error-reason";

    /// <summary>Has the server's errors told so, once its answer begins.</summary>
    public static void Tell(HttpContext context) => context.Response.OnStarting(() =>
    {
        if (context.Response.StatusCode is not (>= 200 and < 300) and var status)
        {
            context.Response.Headers[StatusHeader] = status.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers[ReasonHeader] = ReasonPhrases.GetReasonPhrase(status);
            context.Response.StatusCode = Status;
        }

        return Task.CompletedTask;
    });

    /// <summary>The status that the server itself has answered with.</summary>
    public static int StatusOf(HttpContext context) =>
        int.TryParse(context.Response.Headers[StatusHeader], CultureInfo.InvariantCulture, out var status) ? status : context.Response.StatusCode;
}
