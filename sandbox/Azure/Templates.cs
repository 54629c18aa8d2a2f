using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Azure;

/// <summary>Templates that ARM deploys: as many requests as they ask for resources. Expressions are not evaluated.</summary>
internal static class Templates
{
    public const string Type = "Microsoft.Resources/deployments";

    /// <summary>The requests for what the template asks for; none when <paramref name="call"/> is about something else.</summary>
    public static IEnumerable<ArmCall> CallsOf(ArmCall call) => !call.Path.Type.Equals(Type, StringComparison.OrdinalIgnoreCase) ? [] :
        (call.Body?["properties"]?["template"]?["resources"] as JsonArray ?? []).OfType<JsonObject>().Select(resource => CallOf(call, resource.DeepClone().AsObject()));

    private static ArmCall CallOf(ArmCall call, JsonObject resource)
    {
        var type = Take("type").Split('/');
        var version = Take("apiVersion");
        var path = new ResourcePath(call.Path.Subscription, call.Path.Group, type[0], type[1..], Take("name").Split('/'));
        return path.IsCollection
            ? throw new ArmException(400, "InvalidTemplate", $"Deployment template validation failed: the name of a resource of type '{path.Type}' must have {path.Types.Count} segments.")
            : call with { Path = path, Version = version, Body = resource, IfMatch = null, IfNoneMatch = null };

        string Take(string name)
        {
            var value = resource[name]?.GetValue<string>() ?? throw new ArmException(400, "InvalidTemplate", $"Deployment template validation failed: a resource lacks '{name}'.");
            resource.Remove(name);
            return value;
        }
    }
}
