using System.Text.RegularExpressions;
using Orchestrator.Core.Freezes;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>Reads one stack of a topology: its cloud and credential; environments are read by <see cref="EnvironmentReader"/>.</summary>
internal static partial class StackReader
{
    public static StackDefinition? Read(JsonObjectReader stack)
    {
        var name = stack.Required<StackName>("name");
        var cloud = Cloud(stack);
        var tenant = stack.Id("tenantId");
        var subscription = stack.Id("subscriptionId");
        var credential = Credential(stack);
        var environments = stack.Objects("environments", required: true, EnvironmentReader.Read);
        var most = stack.Whole("maxRegionsAtWork", 1, 10_000);
        var calendar = FreezeCalendarReader.Read(stack.OptionalObject("calendar"), environments.Select(environment => environment.Name));
        var hub = WeightsHubReader.Read(stack.OptionalObject("weightsHub"));
        return name is null || cloud is null || tenant is null || subscription is null || credential is null
            ? null
            : new(name, cloud, tenant.Value, subscription.Value, credential, environments, most, calendar, hub);
    }

    public static CloudDefinition? Cloud(JsonObjectReader stack)
    {
        if (stack.RequiredObject("cloud") is not { } cloud)
        {
            return null;
        }

        var name = cloud.RequiredText("name");
        var known = CloudDefinition.WellKnown.FirstOrDefault(candidate => candidate.Name == name);
        var arm = cloud.Address("armEndpoint") ?? known?.ArmEndpoint;
        var audience = cloud.OptionalText("armAudience") ?? known?.ArmAudience;
        var authority = cloud.Address("authorityHost") ?? known?.AuthorityHost;
        var suffixes = Suffixes(cloud, "workloadSuffixes") ?? known?.WorkloadSuffixes;
        var models = Suffixes(cloud, "modelSuffixes") ?? known?.ModelSuffixes;
        var blob = Suffix(cloud, "blobSuffix") ?? known?.BlobSuffix;
        var knownAuthority = cloud.Flag("knownAuthority") ?? authority == known?.AuthorityHost;
        cloud.RefuseUnknown();

        Require(arm, "armEndpoint", "an absolute https address");
        Require(audience, "armAudience", "the audience of ARM tokens");
        Require(authority, "authorityHost", "an absolute https address");
        Require(suffixes, "workloadSuffixes", "a list of DNS suffixes");
        return name is null || arm is null || audience is null || authority is null || suffixes is null
            ? null
            : new(name, arm, audience, authority, suffixes, knownAuthority, models, blob);

        void Require(object? value, string property, string rule)
        {
            if (value is null && name is not null && !cloud.Has(property))
            {
                cloud.Report(property, $"expected {rule}, because '{name}' is not one of {string.Join(", ", CloudDefinition.WellKnown.Select(entry => entry.Name))}; found nothing");
            }
        }
    }

    public static List<string>? Suffixes(JsonObjectReader cloud, string name)
    {
        if (!cloud.Has(name))
        {
            return null;
        }

        var suffixes = new List<string>();
        foreach (var (item, path) in cloud.Items(name, required: true))
        {
            if (Suffix(cloud, item.ToString(), path) is { } suffix)
            {
                suffixes.Add(suffix);
            }
        }

        return suffixes;
    }

    private static string? Suffix(JsonObjectReader cloud, string name) =>
        cloud.OptionalText(name) is { } text ? Suffix(cloud, text, cloud.PathOf(name)) : null;

    private static string? Suffix(JsonObjectReader cloud, string text, string path)
    {
        if (SuffixPattern().IsMatch(text))
        {
            return text;
        }

        cloud.ReportAt(path, $"expected a DNS suffix with its leading dot, e.g. .azurecontainerapps.io, found '{text}'");
        return null;
    }

    public static CredentialDefinition? Credential(JsonObjectReader stack)
    {
        if (!stack.Has("credential"))
        {
            return new(CredentialKind.Default);
        }

        if (stack.RequiredObject("credential") is not { } credential)
        {
            return null;
        }

        var kind = credential.Word<CredentialKind>("kind", required: true);
        var client = credential.Has("clientId") ? credential.Id("clientId") : null;
        var secret = credential.OptionalText("secretSetting");
        credential.RefuseUnknown();
        if (kind == CredentialKind.ClientSecret)
        {
            if (!credential.Has("clientId"))
            {
                credential.Report("clientId", "expected the application's id, because kind is clientSecret; found nothing");
            }

            if (!credential.Has("secretSetting"))
            {
                credential.Report("secretSetting", "expected the name of the setting that holds the secret, because kind is clientSecret; found nothing");
            }
        }

        return kind is null ? null : new(kind.Value, client, secret);
    }

    [GeneratedRegex(@"\A(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\z")]
    private static partial Regex SuffixPattern();
}
