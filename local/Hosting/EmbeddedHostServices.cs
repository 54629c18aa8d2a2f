using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>The web server, the services and the log levels that functions find on the Functions host.</summary>
internal static class EmbeddedHostServices
{
    // The Functions host's own: FUNCTIONS_REQUEST_BODY_SIZE_LIMIT is 100 MiB when nobody sets it.
    private const long LargestBodyBytes = 100 * 1024 * 1024;

    public static void AddEmbeddedHost(this WebApplicationBuilder builder, EmbeddedHostOptions options, HostJson hostJson)
    {
        builder.WebHost.UseUrls(options.Url.ToString());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBodyBytes;
        });
        builder.Services.AddMvcCore();
        builder.Services.TryAddSingleton(options.TimeProvider);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        AddLevels(builder.Logging, hostJson, options.LeastLogLevel ?? LogLevel.Trace);
    }

    private static void AddLevels(ILoggingBuilder logging, HostJson hostJson, LogLevel least)
    {
        var levels = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase)
        {
            ["default"] = LogLevel.Information,
            ["Microsoft.AspNetCore"] = LogLevel.Warning,
            ["Microsoft.Hosting"] = LogLevel.Warning,

            // An address in use is told to the user in a sentence; here it would be told again, with its stack.
            ["Microsoft.Extensions.Hosting.Internal.Host"] = LogLevel.Critical,
        };
        foreach (var (category, level) in hostJson.LogLevels)
        {
            levels[category] = level;
        }

        foreach (var (category, level) in levels)
        {
            var atLeast = level > least ? level : least;
            if (category.Equals("default", StringComparison.OrdinalIgnoreCase))
            {
                logging.SetMinimumLevel(atLeast);
            }
            else
            {
                logging.AddFilter(category, atLeast);
            }
        }
    }
}
