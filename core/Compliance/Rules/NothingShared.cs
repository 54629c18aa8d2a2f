using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>No subscription, identity, secret, registry, package or endpoint belongs to two stacks.</summary>
internal static class NothingShared
{
    public static ComplianceRule Rule { get; } = new(
        "GEN-SHARE-01",
        "What two stacks share is a door between them.",
        "the product's own fence between stacks",
        new(2023, 1, 1),
        new(2027, 6, 30),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack) => SharedWithOthers(stack).Concat(
        from model in stack.Stack.OpenModels
        where model.Cluster is { } cluster && cluster.Id.Subscription != stack.Stack.SubscriptionId
        select new Problem($"{model.Path}.cluster.id", $"expected a cluster in the stack's own subscription, found one in {model.Cluster!.Id.Subscription}"))
        .Concat(stack.Stack.Registry is { } registry && registry.Subscription != stack.Stack.SubscriptionId
            ? [new("$.registry", $"expected a registry in the stack's own subscription, found one in {registry.Subscription}")]
            : []);

    private static IEnumerable<Problem> SharedWithOthers(ComplianceCase stack) =>
        from mine in Owned(stack.Stack)
        from other in stack.Others
        from theirs in Owned(other)
        where mine.What == theirs.What && string.Equals(mine.Value, theirs.Value, StringComparison.OrdinalIgnoreCase)
        select new Problem(mine.Path, $"expected a {mine.What} of this stack's own, found '{mine.Value}', which is {other.Name}'s too");

    private static IEnumerable<(string What, string Value, string Path)> Owned(StackConfiguration stack)
    {
        yield return ("name", stack.Name.Value, "$.name");
        yield return ("subscription", stack.SubscriptionId.ToString(), "$.subscriptionId");
        yield return ("tenant", stack.TenantId.ToString(), "$.tenantId");
        yield return ("registry", stack.Image.Registry, "$.image");
        if (stack.Credential?.ClientId is { } client)
        {
            yield return ("identity", client.ToString(), "$.credential.clientId");
        }

        if (stack.Credential?.SecretSetting is { } secret)
        {
            yield return ("secret", secret, "$.credential.secretSetting");
        }

        if (stack.Orchestrator.Package is { } package)
        {
            yield return ("package", package.ToString(), "$.orchestrator.package");
        }

        foreach (var (_, server) in stack.OpenModels.SelectMany(model => model.Servers).Where(one => one.Server.Image is not null))
        {
            yield return ("registry", server.Image!.Registry, $"{server.Path}.image");
        }

        foreach (var model in stack.OpenModels.Where(model => model.Endpoint is not null))
        {
            yield return ("endpoint", model.Endpoint!.Authority, $"{model.Path}.endpoint");
        }
    }
}
