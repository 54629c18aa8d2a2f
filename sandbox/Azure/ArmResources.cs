using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Azure.ContainerApps;

namespace Orchestrator.Sandbox.Azure;

/// <summary>The resources of one cloud, and what can be done with them.</summary>
internal sealed class ArmResources(CloudState cloud, TokenIssuer tokens)
{
    // Where zones of names and the like are.
    private const string Everywhere = "global";

    private readonly ContainerAppActions apps = new(cloud);
    private readonly EndpointTokens endpoints = new(cloud, tokens);
    private readonly MonitorMetrics metrics = new(cloud);
    private readonly ModelDeployments models = new(cloud);
    private readonly CloudCatalog catalog = new(cloud.Options);

    public ArmAnswer Handle(ArmCall call)
    {
        lock (cloud.Turn)
        {
            var path = call.Path;
            return path switch
            {
                { Group: null, Namespace: null } => Subscription(call),
                { Types: ["operationStatuses" or "operationResults"] or ["locations", "operationStatuses" or "operationResults"] } => OperationOf(call),
                { Group: null, Type: "Microsoft.CognitiveServices/locations/usages", Names: [var region] } when call.Method == "GET" => models.Usages(region),
                { Group: null } when call.Method == "GET" && catalog.Answer(call) is { } answer => answer,
                { Namespace: null } => Group(call),
                _ => Resource(call),
            };
        }
    }

    /// <summary>The region of the resource that a path is about, or null.</summary>
    public string? RegionOf(ResourcePath path)
    {
        for (var at = path; at.Names.Count > 0 && at.Namespace is not null; at = at with { Types = [.. at.Types.SkipLast(1)], Names = [.. at.Names.SkipLast(1)] })
        {
            if (cloud.Resources.TryGetValue((at.IsCollection ? at.Parent : at).Id, out var resource) && resource.Location.Length > 0)
            {
                return resource.Location;
            }
        }

        return null;
    }

    private ArmAnswer Subscription(ArmCall call) => call.Path.Types.Count == 0 && call.Method == "GET"
        ? new(200, new JsonObject
        {
            ["id"] = $"/subscriptions/{cloud.Options.SubscriptionId}",
            ["subscriptionId"] = cloud.Options.SubscriptionId.ToString(),
            ["tenantId"] = cloud.Options.TenantId.ToString(),
            ["displayName"] = $"Sandbox {cloud.Options.Name}",
            ["state"] = "Enabled",
        })
        : throw new ArmException(405, "MethodNotAllowed", $"{call.Method} is not allowed on a subscription.");

    private ArmAnswer OperationOf(ArmCall call)
    {
        if (!cloud.Operations.TryGetValue(call.Path.Names[^1], out var operation))
        {
            throw new ArmException(404, "OperationNotFound", "The operation does not exist.");
        }

        var done = operation.End <= cloud.Now;
        if (call.Path.Types[^1] == "operationResults")
        {
            return !done ? new(202, null, operation)
                : cloud.Resources.TryGetValue(operation.ResourceId, out var resource) ? new(200, View(resource)) : new(204);
        }

        return new(200, new JsonObject
        {
            ["id"] = operation.Id,
            ["name"] = operation.Id,
            ["status"] = done ? "Succeeded" : "InProgress",
            ["startTime"] = operation.Start.ToString("O"),
        });
    }

    private ArmAnswer Group(ArmCall call)
    {
        var id = call.Path.Id;
        switch (call.Method)
        {
            case "PUT":
                var existed = cloud.Resources.TryGetValue(id, out var group);
                group ??= new(id, call.Path.Group!, "Microsoft.Resources/resourceGroups");
                var differs = !JsonNode.DeepEquals(group.Body, call.Body);
                group.Body = call.Body!;
                CheckLocation(group.Location, "resourceGroups");
                cloud.Resources[id] = group;
                return new(existed ? 200 : 201, View(group), HasEffect: differs);
            case "GET" or "HEAD" when call.Path.Group is not null:
                return new(200, View(GroupOf(call.Path)));
            case "DELETE":
                foreach (var gone in cloud.Resources.Keys.Where(key => key.StartsWith(id + "/", StringComparison.OrdinalIgnoreCase) || key.Equals(id, StringComparison.OrdinalIgnoreCase)))
                {
                    cloud.Resources.TryRemove(gone, out _);
                    cloud.Apps.Remove(gone);
                }

                return new(200, HasEffect: true);
            default:
                throw new ArmException(405, "MethodNotAllowed", $"{call.Method} is not allowed here.");
        }
    }

    private ArmAnswer Resource(ArmCall call)
    {
        var path = call.Path;
        if (call.Method == "POST")
        {
            ResourceTypes.Check(path.Parent.Type, call.Version);
            var (target, action) = (Existing(path.Parent), path.Types[^1]);
            return EndpointTokens.Owns(target.Type) ? endpoints.Act(target, action) : apps.Act(target, action);
        }

        ResourceTypes.Check(path.Type, call.Version);
        if (path.Group is not null)
        {
            GroupOf(path);
        }

        if (path.Type.Equals(MonitorMetrics.Type, StringComparison.OrdinalIgnoreCase))
        {
            return metrics.List(call);
        }

        if (ContainerAppActions.Owns(path.Type))
        {
            return apps.Read(call, OwnerOf(path));
        }

        return (call.Method, path.IsCollection) switch
        {
            ("GET", true) => List(path),
            ("GET", false) => Existing(path) is var found ? new(200, View(found), ETag: found.ETag) : throw new InvalidOperationException(),
            ("PUT", false) => Put(call),
            ("PATCH", false) => Patch(call),
            ("DELETE", false) => Delete(path),
            _ => throw new ArmException(405, "MethodNotAllowed", $"{call.Method} is not allowed here."),
        };
    }

    private ArmAnswer List(ResourcePath path) => new(200, new JsonObject
    {
        ["value"] = new JsonArray([.. cloud.Resources.Values
            .Where(one => one.Type.Equals(path.Type, StringComparison.OrdinalIgnoreCase) && (path.Group is null || one.Id.StartsWith(path.Id + "/", StringComparison.OrdinalIgnoreCase)))
            .OrderBy(one => one.Id, StringComparer.OrdinalIgnoreCase)
            .Select(View)]),
    });

    private ArmAnswer Put(ArmCall call)
    {
        var id = call.Path.Id;
        var existed = cloud.Resources.TryGetValue(id, out var resource);
        if ((existed && call.IfNoneMatch == "*") || (!string.IsNullOrEmpty(call.IfMatch) && (!existed || (call.IfMatch != "*" && call.IfMatch != resource!.ETag))))
        {
            throw new ArmException(412, "PreconditionFailed", "The condition of If-Match or If-None-Match is not met.");
        }

        if (existed)
        {
            CheckIdle(resource!);
        }

        resource ??= new(id, call.Path.Names[^1], call.Path.Type);
        var body = call.Body!;
        if (body["properties"]?["provisioningState"]?.GetValue<string>() is { } state && state != StateOf(resource))
        {
            throw new ArmException(400, "InvalidProvisioningState", $"The provisioningState '{state}' cannot be set.");
        }

        if (call.Path.Scope is not null && !cloud.Resources.ContainsKey(call.Path.Scope))
        {
            throw new ArmException(404, "ResourceNotFound", $"The resource '{call.Path.Scope}', which this one extends, was not found.");
        }

        if (call.Path.Types.Count > 1)
        {
            Existing(OwnerOfChild(call.Path));
        }

        if (ResourceTypes.HasLocation(call.Path))
        {
            CheckLocation(body["location"]?.GetValue<string>() ?? string.Empty, call.Path.Type);
        }

        OnlineEndpoints.Check(call, cloud.Resources.ContainsKey);
        foreach (var asked in Templates.CallsOf(call))
        {
            ResourceTypes.Check(asked.Path.Type, asked.Version);
            Put(asked);
        }

        return Change(resource, body, existed ? 200 : 201);
    }

    private ArmAnswer Patch(ArmCall call)
    {
        var resource = Existing(call.Path);
        CheckIdle(resource);
        return Change(resource, MergePatch.Apply(resource.Body, call.Body!), 202);
    }

    private ArmAnswer Change(Resource resource, JsonObject body, int status)
    {
        var differs = !JsonNode.DeepEquals(resource.Body, body);
        models.Check(resource, body);
        OnlineEndpoints.Settle(resource, cloud);
        apps.Apply(resource, body);
        resource.Body = body;
        resource.Touch();
        cloud.Resources[resource.Id] = resource;
        var end = cloud.Ledger.Begin(cloud.Place(resource.Location), $"{resource.Type} {resource.Name}", cloud.Latencies.ArmOperation);
        resource.Operation = new(Guid.NewGuid().ToString(), resource.Id, cloud.Now, end);
        cloud.Operations[resource.Operation.Id] = resource.Operation;
        return end <= cloud.Now
            ? new(status == 202 ? 200 : status, View(resource), ETag: resource.ETag, HasEffect: differs)
            : new(status, status == 202 ? null : View(resource), resource.Operation, resource.ETag, differs);
    }

    private ArmAnswer Delete(ResourcePath path)
    {
        OnlineEndpoints.CheckRemoval(path, cloud.Resources.GetValueOrDefault);
        if (!cloud.Resources.TryRemove(path.Id, out _))
        {
            return new(204);
        }

        cloud.Apps.Remove(path.Id);
        return new(200, HasEffect: true);
    }

    private JsonObject View(Resource resource)
    {
        var view = resource.Body.DeepClone().AsObject();
        var properties = view["properties"] as JsonObject ?? [];
        view["id"] = resource.Id;
        view["name"] = resource.Name;
        view["type"] = resource.Type;
        view["properties"] = ComputedProperties.Add(resource, apps.View(resource, properties.DeepClone().AsObject()), cloud);
        view["properties"]!["provisioningState"] = StateOf(resource);
        return view;
    }

    private string StateOf(Resource resource) => resource.Operation is { } operation && operation.End > cloud.Now ? "InProgress" : "Succeeded";

    private Resource GroupOf(ResourcePath path) =>
        cloud.Resources.TryGetValue($"/subscriptions/{path.Subscription}/resourceGroups/{path.Group}", out var group)
            ? group
            : throw new ArmException(404, "ResourceGroupNotFound", $"Resource group '{path.Group}' could not be found.");

    // Blobs, queues and so on are there as soon as their account is.
    private static ResourcePath OwnerOfChild(ResourcePath path) =>
        ResourceTypes.IsImplicit(path.Parent.Type) ? path.Parent with { Types = [.. path.Types.SkipLast(2)], Names = [.. path.Names.SkipLast(2)] } : path.Parent with { Names = [.. path.Names.SkipLast(1)] };

    private Resource OwnerOf(ResourcePath path) => Existing(path with { Types = [path.Types[0]], Names = [path.Names[0]] });

    private Resource Existing(ResourcePath path)
    {
        if (path.Group is not null)
        {
            GroupOf(path);
        }

        return ContainerAppActions.Owns(path.Type) ? OwnerOf(path) is var owner ? new(path.Id, path.Names[^1], path.Type) { Body = owner.Body } : throw new InvalidOperationException()
            : cloud.Resources.TryGetValue(path.Id, out var resource) ? resource
            : throw new ArmException(404, "ResourceNotFound", $"The Resource '{path.Type}/{string.Join('/', path.Names)}' under resource group '{path.Group}' was not found.");
    }

    private void CheckIdle(Resource resource)
    {
        if (StateOf(resource) == "InProgress")
        {
            throw new ArmException(409, "ContainerAppOperationInProgress", $"Cannot modify '{resource.Name}' because there is an operation in progress.");
        }
    }

    private void CheckLocation(string location, string type)
    {
        if (location.Length == 0)
        {
            throw new ArmException(400, "LocationRequired", "The location property is required for this definition.");
        }

        if (!location.Equals(Everywhere, StringComparison.OrdinalIgnoreCase) && !cloud.Options.Regions.Contains(location, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArmException(400, "LocationNotAvailableForResourceType", $"The provided location '{location}' is not available for resource type '{type}'. List of available regions for the resource type is '{string.Join(",", cloud.Options.Regions)}'.");
        }
    }
}
