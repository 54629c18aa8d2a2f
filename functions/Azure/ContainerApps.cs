using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;
using Orchestrator.Functions.Models;

namespace Orchestrator.Functions.Azure;

/// <summary>
/// The regions' container apps through <c>Azure.ResourceManager</c>. Every write is one that may be repeated: it names the
/// state it wants, and a revision by its own suffix.
/// </summary>
/// <param name="stacks">The way to each stack.</param>
/// <param name="time">The clock that operations are waited for with.</param>
public sealed class ContainerApps(StackConnections stacks, TimeProvider time)
{
    /// <summary>The app's state; null when there is no such app.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<ContainerAppState?> ReadAsync(RegionTarget target, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), "reading the container app", async () =>
        {
            var app = await FindAsync(AppId(target), target, cancellationToken);
            return app is null ? null : ContainerAppJson.App(Properties(app), app.Data.Tags);
        });

    /// <summary>The revision's state; null when there is no such revision.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses to say.</exception>
    public Task<RevisionState?> ReadRevisionAsync(RegionTarget target, string revision, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), $"reading revision {revision}", async () =>
        {
            var resource = await FindAsync(RevisionId(target, revision), target, cancellationToken);
            return resource is null ? null : ContainerAppJson.Revision(revision, Properties(resource));
        });

    /// <summary>Asks for a new revision of <paramref name="app"/>, which asks <paramref name="models"/> where they are given, and does not wait for it.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses the revision.</exception>
    public Task StartRevisionAsync(RegionTarget target, ContainerAppState app, string image, string suffix, IReadOnlyList<ModelEntry>? models, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(
            target.ToString(),
            $"deploying a revision {suffix}",
            () => PatchAsync(target, ContainerAppJson.Candidate(app.Template, image, suffix, models), tags: null, cancellationToken));

    /// <summary>Gives the app this traffic, and these tags when there are any, and waits until ARM is done.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses the traffic.</exception>
    public Task SetTrafficAsync(
        RegionTarget target,
        IReadOnlyList<TrafficShare> traffic,
        IReadOnlyDictionary<string, string>? tags,
        CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), "shifting traffic", async () =>
        {
            var operation = await PatchAsync(target, ContainerAppJson.Traffic(traffic), tags, cancellationToken);
            await ArmOperations.WaitAsync(operation, stacks.Of(target.Stack).Pace, time, cancellationToken);
            return true;
        });

    /// <summary>Stops a revision that has no traffic. It can be activated again while the app keeps it.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public Task DeactivateAsync(RegionTarget target, string revision, CancellationToken cancellationToken) =>
        PostAsync(target, revision, "deactivate", cancellationToken);

    /// <summary>Starts a revision that was stopped.</summary>
    /// <exception cref="StackUnavailableException">ARM could not be asked, or not now.</exception>
    /// <exception cref="StackRefusedException">ARM refuses.</exception>
    public Task ActivateAsync(RegionTarget target, string revision, CancellationToken cancellationToken) =>
        PostAsync(target, revision, "activate", cancellationToken);

    private Task<bool> PostAsync(RegionTarget target, string revision, string action, CancellationToken cancellationToken) =>
        ArmErrors.TranslateAsync(target.ToString(), $"{action} revision {revision}", async () =>
        {
            var connection = stacks.Of(target.Stack);
            using var message = connection.Ask(connection.Pipeline, RequestMethod.Post, $"{RevisionId(target, revision)}/{action}?api-version={ApiVersions.ContainerApps}");
            await connection.Pipeline.SendAsync(message, cancellationToken);
            return message.Response.IsError ? throw new RequestFailedException(message.Response) : true;
        });

    private async Task<ArmOperation<GenericResource>> PatchAsync(
        RegionTarget target,
        JsonObject properties,
        IReadOnlyDictionary<string, string>? tags,
        CancellationToken cancellationToken)
    {
        var id = AppId(target);
        var patch = new GenericResourceData(new AzureLocation(target.Region.Name.Value))
        {
            Properties = BinaryData.FromString(properties.ToJsonString()),
        };
        foreach (var (name, value) in tags ?? new Dictionary<string, string>())
        {
            patch.Tags[name] = value;
        }

        return await stacks.Of(target.Stack).Arm.GetGenericResource(id).UpdateAsync(WaitUntil.Started, patch, cancellationToken);
    }

    private async Task<GenericResource?> FindAsync(ResourceIdentifier id, RegionTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await stacks.Of(target.Stack).Arm.GetGenericResource(id).GetAsync(cancellationToken);
        }
        catch (RequestFailedException absent) when (absent is { Status: 404, ErrorCode: "ResourceNotFound" or "RevisionNotFound" or "ResourceGroupNotFound" })
        {
            return null;
        }
    }

    private static JsonNode Properties(GenericResource resource) =>
        JsonNode.Parse(resource.Data.Properties.ToMemory().Span) ?? new JsonObject();

    private ResourceIdentifier AppId(RegionTarget target) => stacks.Of(target.Stack).AppId(target.Region);

    private ResourceIdentifier RevisionId(RegionTarget target, string revision) => new($"{AppId(target)}/revisions/{revision}");
}
