using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a worker process begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder of the worker.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

/// <summary>Builds the worker. With stand-ins it can be configured, so that the app's settings are checked, but not run.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder builder;

    internal FunctionsApplicationBuilder(string[] args) => builder = new(args);

    /// <inheritdoc />
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The app's configuration.</summary>
    public ConfigurationManager Configuration => builder.Configuration;

    /// <inheritdoc />
    public IHostEnvironment Environment => builder.Environment;

    /// <inheritdoc />
    public ILoggingBuilder Logging => builder.Logging;

    /// <inheritdoc />
    public IMetricsBuilder Metrics => builder.Metrics;

    /// <inheritdoc cref="IHostApplicationBuilder.Services" />
    public IServiceCollection Services => builder.Services;

    /// <inheritdoc />
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)builder).Properties;

    /// <inheritdoc />
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        builder.ConfigureContainer(factory, configure);

    /// <summary>Refuses: a worker made of stand-ins cannot run under the Functions host.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public IHost Build() => throw new InvalidOperationException(
        $"{builder.Environment.ApplicationName}: this build has stand-ins compiled in instead of the Functions worker's packages, so it cannot run under the Functions host. "
        + "Build it where the packages can be restored (see standins/README.md), or run the same functions on this machine: dotnet run --project local -- serve");
}

/// <summary>What extensions of the worker's configuration build on.</summary>
public interface IFunctionsWorkerApplicationBuilder
{
    /// <summary>The app's services.</summary>
    IServiceCollection Services { get; }
}
