using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>A run of a program.</summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<Deployment?> Ambient = new();

    private readonly IMocks mocks;
    private readonly PendingTasks tasks = new();
    private readonly ConcurrentQueue<Resource> resources = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ImmutableDictionary<string, string> config;
    private readonly DeploymentInstance instance;

    private Deployment(IMocks mocks, TestOptions? options)
    {
        this.mocks = mocks;
        instance = new(
            options?.OrganizationName ?? "organization",
            options?.ProjectName ?? "project",
            options?.StackName ?? "stack",
            options?.IsPreview ?? true);
        config = ReadConfig(Environment.GetEnvironmentVariable("PULUMI_CONFIG") ?? "{}");
    }

    /// <summary>The run that this code belongs to.</summary>
    /// <exception cref="InvalidOperationException">It belongs to none.</exception>
    public static DeploymentInstance Instance => Running.instance;

    internal static Deployment? Current => Ambient.Value;

    internal static Deployment Running =>
        Current ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");

    internal Stack? Root { get; set; }

    internal string? Config(string key) => config.GetValueOrDefault(key);

    internal void Register(Task task) => tasks.Add(task);

    internal void Error(string message) => errors.Enqueue(message);

    private static ImmutableDictionary<string, string> ReadConfig(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToImmutableDictionary(value => value.Name, value => value.Value.ToString());
    }
}

/// <summary>What a program may know of its run.</summary>
public sealed class DeploymentInstance
{
    internal DeploymentInstance(string organization, string project, string stack, bool isDryRun)
    {
        OrganizationName = organization;
        ProjectName = project;
        StackName = stack;
        IsDryRun = isDryRun;
    }

    /// <summary>The organisation.</summary>
    public string OrganizationName { get; }

    /// <summary>The project.</summary>
    public string ProjectName { get; }

    /// <summary>The stack.</summary>
    public string StackName { get; }

    /// <summary>Whether this is a preview.</summary>
    public bool IsDryRun { get; }
}
