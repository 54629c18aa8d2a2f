using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Local.Hosting;

/// <summary>One invocation of a function.</summary>
internal sealed class EmbeddedFunctionContext : FunctionContext
{
    // The key under which GetHttpContext() of the ASP.NET Core integration finds it.
    private const string HttpContextKey = "HttpRequestContext";

    private readonly FunctionMethod function;

    public EmbeddedFunctionContext(FunctionMethod function, IServiceProvider services, CancellationToken cancellation, HttpContext? http = null)
    {
        this.function = function;
        CancellationToken = cancellation;
        InstanceServices = services;
        BindingContext = new Bindings(http);
        if (http is not null)
        {
            Items[HttpContextKey] = http;
        }
    }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Name;

    public override TraceContext TraceContext { get; } = new Trace();

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext { get; } = new Retries();

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken { get; }

    private sealed class Trace : TraceContext
    {
        public override string TraceParent { get; } = Activity.Current?.Id ?? string.Empty;

        public override string TraceState { get; } = Activity.Current?.TraceStateString ?? string.Empty;
    }

    /// <summary>The route's values, by name; nothing for other triggers.</summary>
    private sealed class Bindings(HttpContext? http) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = http is null
            ? ImmutableDictionary<string, object?>.Empty
            : http.Request.RouteValues;
    }

    /// <summary>An invocation is tried once: who wants more has the orchestration try again.</summary>
    private sealed class Retries : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }
}
