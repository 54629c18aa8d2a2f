using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Compliance.Rules;

/// <summary>Every region belongs to the stack's cloud, and no host to another one.</summary>
internal static class OneCloud
{
    private const string ChinaPrefix = "china";

    // Source: the endpoints of both clouds (docs.azure.cn, "Developer guide for Azure in China"; Container Apps firewall documentation).
    private static readonly string[] PublicHosts = [".azure.com", ".azure.net", ".windows.net", ".azurecr.io", ".azurewebsites.net", ".azurecontainerapps.io", ".azureml.ms"];
    private static readonly string[] ChinaHosts = [".azure.cn", ".chinacloudapi.cn", ".azurecr.cn", ".chinacloudsites.cn", ".azurecontainerapps.cn"];

    public static ComplianceRule Rule { get; } = new(
        "GEN-CLOUD-01",
        "A stack lives in one cloud: no identity and no network reaches from one into the other.",
        "Azure China regions (docs.azure.cn) and Azure.ResourceManager's environments",
        new(2023, 1, 1),
        new(2027, 6, 30),
        LeavesRoom: false,
        Check);

    private static IEnumerable<Problem> Check(ComplianceCase stack)
    {
        var china = stack.Stack.IsInChina;
        var regions = stack.Stack.Places
            .Where(place => place.Name.Value.StartsWith(ChinaPrefix, StringComparison.Ordinal) != china)
            .Select(place => new Problem(place.Path, $"expected a region of {stack.Stack.Cloud.Name}, found '{place.Name}'"));
        var foreign = china ? PublicHosts : ChinaHosts;
        return regions.Concat(Hosts(stack.Stack)
            .Where(host => foreign.Any(suffix => host.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
            .Select(host => new Problem(host.Path, $"expected a host that is not another cloud's than {stack.Stack.Cloud.Name}, found {host.Name}")));
    }

    private static IEnumerable<(string Path, string Name)> Hosts(StackConfiguration stack)
    {
        yield return ("$.image", stack.Image.Registry);
        if (stack.Orchestrator.Package is { } package)
        {
            yield return ("$.orchestrator.package", package.Host);
        }

        foreach (var model in stack.OpenModels)
        {
            if (model.Endpoint is { } endpoint)
            {
                yield return ($"{model.Path}.endpoint", endpoint.Host);
            }

            foreach (var (_, server) in model.Servers.Where(server => server.Server.Image is not null).DistinctBy(server => server.Server.Image, ReferenceEqualityComparer.Instance))
            {
                yield return ($"{server.Path}.image", server.Image!.Registry);
            }
        }
    }
}
