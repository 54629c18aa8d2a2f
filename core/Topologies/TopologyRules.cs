using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>What must hold between the parts of a topology: names once, nothing shared between stacks.</summary>
internal static class TopologyRules
{
    public static void Check(JsonObjectReader root, IReadOnlyList<StackDefinition> stacks)
    {
        Once(root, "stack", stacks.Select(stack => stack.Name.Value));
        foreach (var stack in stacks)
        {
            Once(root, $"environment of {stack.Name}", stack.Environments.Select(environment => environment.Name.Value));
            Once(
                root,
                $"container app of {stack.Name}",
                stack.Environments.SelectMany(environment => environment.Regions).Select(region => $"{region.ResourceGroup}/{region.App}".ToUpperInvariant()));
            foreach (var environment in stack.Environments)
            {
                Once(root, $"wave of {stack.Name}/{environment.Name}", environment.Waves.Select(wave => wave.Name.Value));
                Once(root, $"region of {stack.Name}/{environment.Name}", environment.Regions.Select(region => region.Name.Value));
            }
        }

        // One subscription, tenant or endpoint for two stacks would be a door between them.
        Once(root, "subscriptionId", stacks.Select(stack => stack.SubscriptionId.ToString()));
        Once(root, "clientId", stacks.Select(stack => stack.Credential.ClientId?.ToString()).OfType<string>());
        Once(root, "secretSetting", stacks.Select(stack => stack.Credential.SecretSetting).OfType<string>());
    }

    private static void Once(JsonObjectReader root, string what, IEnumerable<string> names)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            root.Report("stacks", $"expected each {what} once, found '{name.Key}' {name.Count()} times");
        }
    }
}
