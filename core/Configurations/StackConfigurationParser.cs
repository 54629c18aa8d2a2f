using System.Text;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Configurations;

/// <summary>Reads a stack's configuration, given as JSON, and says everything that is wrong with it.</summary>
public static class StackConfigurationParser
{
    /// <summary>The configuration in <paramref name="json"/>, or all its problems.</summary>
    public static Parsed<StackConfiguration> Parse(string json) => JsonDocuments.Parse(Encoding.UTF8.GetBytes(json), Read);

    private static StackConfiguration? Read(JsonObjectReader stack)
    {
        var name = stack.Required<StackName>("name");
        var repository = stack.Required<RepositoryName>("repository");
        var owner = stack.RequiredText("owner");
        var costCentre = stack.RequiredText("costCentre");
        var cloud = StackReader.Cloud(stack);
        var tenant = stack.Id("tenantId");
        var subscription = stack.Id("subscriptionId");
        var credential = Credential(stack, cloud);
        var orchestrator = Orchestrator(stack.RequiredObject("orchestrator"));
        var image = stack.Required<ImageReference>("image");
        var registry = stack.Optional<ContainerRegistryId>("registry");
        var network = stack.Word<NetworkKind>("network") ?? NetworkKind.Public;
        var compliance = ComplianceConfigurationReader.Read(stack.RequiredObject("compliance"));
        var environments = stack.Objects("environments", required: true, EnvironmentConfigurationReader.Read);
        var most = stack.Whole("maxRegionsAtWork", 1, 10_000);
        var calendar = FreezeCalendarReader.Read(stack.OptionalObject("calendar"), environments.Select(environment => environment.Name));
        var hub = WeightsHubReader.Read(stack.OptionalObject("weightsHub"));
        CheckNames(stack, environments);
        CheckImages(stack, image, registry, environments);
        CheckRegistry(stack, network, environments);
        return name is null || repository is null || owner is null || costCentre is null || cloud is null || tenant is null
            || subscription is null || orchestrator is null || image is null || compliance is null
            ? null
            : new(name, repository, owner, costCentre, cloud, tenant.Value, subscription.Value, credential, orchestrator, image, registry, network, compliance, environments, most, calendar, hub);
    }

    // The program makes the identity that the orchestrator signs in with, and grants it what it needs. Another one would have no rights.
    private static CredentialDefinition? Credential(JsonObjectReader stack, CloudDefinition? cloud)
    {
        if (!stack.Has("credential"))
        {
            return null;
        }

        if (CloudDefinition.WellKnown.Any(known => known.ArmEndpoint == cloud?.ArmEndpoint))
        {
            stack.Report("credential", $"expected nothing, because the orchestrator signs in to {cloud!.Name} with the managed identity that is made for it; found a credential, which is only for a cloud whose armEndpoint is given");
        }

        return StackReader.Credential(stack);
    }

    private static OrchestratorConfiguration? Orchestrator(JsonObjectReader? orchestrator)
    {
        if (orchestrator is null)
        {
            return null;
        }

        var region = orchestrator.Required<RegionName>("region");
        var package = orchestrator.Address("package");
        orchestrator.RefuseUnknown();
        return region is null ? null : new(region, package);
    }

    // Azure's registries give nothing to strangers: whoever pulls needs a role there, and for that the registry's id.
    private static void CheckImages(JsonObjectReader stack, ImageReference? gateway, ContainerRegistryId? registry, IReadOnlyList<EnvironmentConfiguration> environments)
    {
        var images = OpenModels(environments)
            .SelectMany(model => model.Servers)
            .Select(server => (Path: $"{server.Server.Path}.image", server.Server.Image))
            .Prepend((Path: "$.image", Image: gateway))
            .Where(one => one.Image is not null)
            .DistinctBy(one => one.Image, ReferenceEqualityComparer.Instance)
            .ToArray();
        if (!stack.Has("registry") && images.FirstOrDefault(one => one.Image!.Registry.Contains(".azurecr.", StringComparison.Ordinal)) is { Image: { } pulled } from)
        {
            stack.Report("registry", $"expected {ContainerRegistryId.Rule}, because {from.Path} is pulled from {pulled.Registry} with an identity; found nothing");
        }

        foreach (var (path, image) in images.Where(one => registry is not null && !registry.Answers(one.Image!.Registry)))
        {
            stack.ReportAt(path, $"expected an image of the stack's registry {registry!.Name}, found one of {image!.Registry}");
        }
    }

    // Machines of a network that is closed get out to the stack's own storage, vault and registry, and nowhere else.
    private static void CheckRegistry(JsonObjectReader stack, NetworkKind network, IReadOnlyList<EnvironmentConfiguration> environments)
    {
        var onMachines = OpenModels(environments).FirstOrDefault(model => model.Serving == ServingKind.Azureml && model.Cluster is null);
        if (network == NetworkKind.Private && onMachines is not null && !stack.Has("registry"))
        {
            stack.Report("registry", $"expected {ContainerRegistryId.Rule}, because network is private and the machines of {onMachines.Path} reach no other; found nothing");
        }
    }

    private static IEnumerable<OpenModelConfiguration> OpenModels(IReadOnlyList<EnvironmentConfiguration> environments) =>
        environments.SelectMany(environment => environment.Waves).SelectMany(wave => wave.Regions).SelectMany(region => region.OpenModels);

    private static void CheckNames(JsonObjectReader stack, IReadOnlyList<EnvironmentConfiguration> environments)
    {
        Once("environment", environments.Select(environment => environment.Name.Value));
        foreach (var environment in environments)
        {
            Once($"wave of {environment.Name}", environment.Waves.Select(wave => wave.Name.Value));
            var regions = environment.Waves.SelectMany(wave => wave.Regions).ToArray();
            Once($"region of {environment.Name}", regions.Select(region => region.Name.Value));
            foreach (var region in regions)
            {
                Once($"deployment of {environment.Name}/{region.Name}", region.ClosedModels.Select(model => model.Deployment));
                Once($"open model of {environment.Name}/{region.Name}", region.OpenModels.Select(model => model.Name));
            }
        }

        void Once(string what, IEnumerable<string> names)
        {
            foreach (var name in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            {
                stack.Report("environments", $"expected each {what} once, found '{name.Key}' {name.Count()} times");
            }
        }
    }
}
