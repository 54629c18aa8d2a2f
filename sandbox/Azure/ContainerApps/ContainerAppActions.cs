using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure.ContainerApps;

/// <summary>What is special about container apps among ARM's resources: their properties, their revisions, the revisions' actions.</summary>
internal sealed class ContainerAppActions(CloudState cloud)
{
    private const string AppType = "Microsoft.App/containerApps";
    private const string RevisionType = AppType + "/revisions";
    private const string ReplicaType = RevisionType + "/replicas";

    /// <summary>Whether resources of that type live inside container apps.</summary>
    public static bool Owns(string type) => Is(type, RevisionType) || Is(type, ReplicaType);

    /// <summary>Takes over an app's new body.</summary>
    public void Apply(Resource resource, JsonObject body)
    {
        if (!Is(resource.Type, AppType))
        {
            return;
        }

        var location = body["location"]?.GetValue<string>() ?? string.Empty;
        var app = cloud.Apps.Find(resource.Id) ?? new(resource.Name, Domain(resource.Id, location));
        cloud.Traffic.Advance(app, location);
        app.Apply(
            body["properties"] as JsonObject ?? [],
            cloud.Images.Find,
            cloud.Faults.OfNext(location),
            cloud.Now,
            () => cloud.Ledger.Begin(cloud.Place(location), $"revision of {resource.Name}", cloud.Latencies.RevisionProvisioning));
        cloud.Apps.Put(resource.Id, app);
    }

    public JsonObject View(Resource resource, JsonObject properties) =>
        Is(resource.Type, AppType) && cloud.Apps.Find(resource.Id) is { } app ? app.Properties(properties, cloud.Now) : properties;

    /// <summary>Reads revisions and replicas.</summary>
    public ArmAnswer Read(ArmCall call, Resource owner)
    {
        if (call.Method != "GET")
        {
            throw new ArmException(405, "MethodNotAllowed", $"{call.Method} is not allowed on revisions: they do not change.");
        }

        var app = cloud.Apps.Find(owner.Id)!;
        var path = call.Path;
        return path.Types.Count switch
        {
            2 when path.IsCollection => new(200, new JsonObject { ["value"] = new JsonArray([.. app.Revisions.Select(revision => View(owner, app, revision))]) }),
            2 => new(200, View(owner, app, Find(app, path.Names[1]))),
            _ => new(200, new JsonObject { ["value"] = Replicas(owner, Find(app, path.Names[1])) }),
        };
    }

    /// <summary>Activates, deactivates or restarts a revision.</summary>
    public ArmAnswer Act(Resource target, string action)
    {
        if (!Is(target.Type, RevisionType))
        {
            throw new ArmException(404, "InvalidAction", $"There is no action '{action}' on '{target.Type}'.");
        }

        var app = cloud.Apps.Find(target.Id[..target.Id.IndexOf("/revisions/", StringComparison.OrdinalIgnoreCase)])!;
        var revision = Find(app, target.Name);
        switch (action.ToUpperInvariant())
        {
            case "ACTIVATE":
                return Switch(revision, isActive: true);
            case "DEACTIVATE" when app.WeightOf(revision, cloud.Now) > 0:
                throw new ArmException(400, "RevisionHasTraffic", $"The revision '{revision.Name}' has traffic and cannot be deactivated.");
            case "DEACTIVATE":
                return Switch(revision, isActive: false);
            case "RESTART":
                return new(200, HasEffect: true);
            default:
                throw new ArmException(404, "InvalidAction", $"There is no action '{action}' on a revision.");
        }
    }

    private static ArmAnswer Switch(Revision revision, bool isActive)
    {
        var differs = revision.IsActive != isActive;
        revision.IsActive = isActive;
        return new(200, HasEffect: differs);
    }

    private static Revision Find(ContainerApp app, string name) => app.Find(name)
        ?? throw new ArmException(404, "RevisionNotFound", $"The revision '{name}' was not found.");

    private JsonObject View(Resource owner, ContainerApp app, Revision revision) => new()
    {
        ["id"] = $"{owner.Id}/revisions/{revision.Name}",
        ["name"] = revision.Name,
        ["type"] = RevisionType,
        ["properties"] = revision.Properties(cloud.Now, app.WeightOf(revision, cloud.Now)),
    };

    private JsonArray Replicas(Resource owner, Revision revision) => !revision.Answers(cloud.Now) ? [] : new(new JsonObject
    {
        ["id"] = $"{owner.Id}/revisions/{revision.Name}/replicas/{revision.Name}-1",
        ["name"] = $"{revision.Name}-1",
        ["type"] = ReplicaType,
        ["properties"] = new JsonObject { ["createdTime"] = revision.CreatedAt.ToString("O"), ["runningState"] = "Running" },
    });

    // Like a managed environment's default domain: unlike for every resource group, the same at every start.
    private string Domain(string id, string location)
    {
        var group = id[..id.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase)].ToUpperInvariant();
        return $"env{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(group)))[..6]}.{location}.apps.{cloud.Options.Name}.localhost:{cloud.Port}";
    }

    private static bool Is(string type, string wanted) => type.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
