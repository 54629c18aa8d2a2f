using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Local.Hosting;

/// <summary>What the embedded host runs, and where.</summary>
public sealed record EmbeddedHostOptions
{
    /// <summary>The assemblies with the functions.</summary>
    public required IReadOnlyList<Assembly> Assemblies { get; init; }

    /// <summary>The function app's own registration; false when it must not start, and it has said why.</summary>
    public required Func<IHostApplicationBuilder, bool> Configure { get; init; }

    /// <summary>Where state is kept.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The path of <c>host.json</c>.</summary>
    public required string HostJson { get; init; }

    /// <summary>Where to listen; loopback unless somebody says otherwise.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:7071");

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Called when nothing is left to do before a durable timer comes due: a simulated clock may go there at once.</summary>
    public Action<DateTimeOffset>? Idle { get; init; }

    /// <summary>The least level that is logged whatever host.json says; null to follow it.</summary>
    public LogLevel? LeastLogLevel { get; init; }
}
