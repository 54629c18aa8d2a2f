using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>Serves HTTP-triggered functions under the routes that the Functions host would give them.</summary>
internal sealed partial class HttpFunctions(FunctionInvoker invoker, FunctionKeys keys, ILogger<HttpFunctions> logger)
{
    public void Map(IEndpointRouteBuilder endpoints, IEnumerable<FunctionMethod> functions, HostJson hostJson)
    {
        foreach (var function in functions.Where(function => function.Http is not null))
        {
            var path = hostJson.PathOf(function.Route!);
            var endpoint = function.Http!.Methods is { Length: > 0 } methods
                ? endpoints.MapMethods(path, methods.Select(method => method.ToUpperInvariant()), context => HandleAsync(function, context))
                : endpoints.Map(path, context => HandleAsync(function, context));
            endpoint.WithDisplayName(function.Name);
        }
    }

    private async Task HandleAsync(FunctionMethod function, HttpContext context)
    {
        if (!keys.Allow(context.Request, function.Http!.AuthLevel))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            await AnswerAsync(await invoker.InvokeAsync(function, context), context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogAborted(function.Name);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            LogRefused(function.Name, bad.StatusCode, bad.Message);
            context.Response.Clear();
            context.Response.StatusCode = bad.StatusCode;
        }
#pragma warning disable CA1031 // Whatever a function throws is a 500 without details, as on the Functions host; the details are in the log.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogFailed(failure, function.Name);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static Task AnswerAsync(object? result, HttpContext context) => result switch
    {
        IResult answer => answer.ExecuteAsync(context),
        IActionResult answer => answer.ExecuteResultAsync(new(context, context.GetRouteData(), new ActionDescriptor())),
        _ => Task.CompletedTask,
    };

    [LoggerMessage(1, LogLevel.Debug, "The caller of {Function} went away.")]
    private partial void LogAborted(string function);

    [LoggerMessage(2, LogLevel.Error, "{Function} failed.")]
    private partial void LogFailed(Exception failure, string function);

    [LoggerMessage(3, LogLevel.Information, "A request to {Function} was refused with {Status}: {Reason}")]
    private partial void LogRefused(string function, int status, string reason);
}
