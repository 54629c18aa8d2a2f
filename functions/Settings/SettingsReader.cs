using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Functions.Settings;

/// <summary>Reads all settings at once and says everything that is missing or wrong. Never prints a value that may be secret.</summary>
public static class SettingsReader
{
    /// <summary>The settings in <paramref name="configuration"/>, or all their problems, each with the setting's name as its path.</summary>
    public static Parsed<OrchestratorSettings> Read(IConfiguration configuration)
    {
        var problems = new List<Problem>();
        var topology = Topology(configuration, problems);
        var gitHub = GitHubSettingsReader.Read(configuration, problems);
        var secrets = StackSecrets(configuration, topology, problems);
        var alerts = Alerts(configuration, topology, problems);
        var releases = ReleasePolicyReader.Read(configuration, problems);
        var retention = RetentionPolicyReader.Read(configuration, problems);
        var publicUrl = PublicUrl(configuration, problems);
        var roots = TrustedRoots(configuration, problems);
        return problems.Count == 0 && topology is not null && gitHub is not null
            ? new(new(topology, gitHub, secrets, alerts, publicUrl, PlatformAuthenticates(configuration), roots) { Releases = releases, Retention = retention }, [])
            : new(null, problems);
    }

    // Source: App Service, environment variables: it is set for the app while its authentication is on.
    private static bool PlatformAuthenticates(IConfiguration configuration) => bool.TryParse(configuration[SettingNames.PlatformAuthentication], out var isOn) && isOn;

    private static Topology? Topology(IConfiguration configuration, List<Problem> problems)
    {
        var (setting, json) = TopologyText(configuration, problems);
        if (json is null)
        {
            return null;
        }

        var parsed = TopologyParser.Parse(json);
        problems.AddRange(parsed.Problems.Select(problem => problem with { Path = $"{setting} {problem.Path}" }));
        return parsed.Value is { } topology ? Driven(configuration, topology, problems) : null;
    }

    private static (string Setting, string? Json) TopologyText(IConfiguration configuration, List<Problem> problems)
    {
        if (SettingValues.Text(configuration, SettingNames.Topology) is { } inline)
        {
            return (SettingNames.Topology, inline);
        }

        if (SettingValues.Text(configuration, SettingNames.TopologyFile) is not { } file)
        {
            problems.Add(new(SettingNames.Topology, $"expected the topology as JSON here, or the path of a file with it in {SettingNames.TopologyFile}; found neither"));
            return (SettingNames.Topology, null);
        }

        return (SettingNames.TopologyFile, ReadFile(SettingNames.TopologyFile, file, problems));
    }

    private static Topology Driven(IConfiguration configuration, Topology topology, List<Problem> problems)
    {
        if (SettingValues.Text(configuration, SettingNames.Stacks) is not { } list)
        {
            return topology;
        }

        var named = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in named.Where(name => topology.Stacks.All(stack => stack.Name.Value != name)))
        {
            problems.Add(new(SettingNames.Stacks, $"expected names of {string.Join(", ", topology.Stacks.Select(stack => stack.Name))}, found '{name}'"));
        }

        return topology with { Stacks = [.. topology.Stacks.Where(stack => named.Contains(stack.Name.Value))] };
    }

    private static Dictionary<StackName, string> StackSecrets(IConfiguration configuration, Topology? topology, List<Problem> problems)
    {
        var secrets = new Dictionary<StackName, string>();
        foreach (var stack in topology?.Stacks ?? [])
        {
            if (stack.Credential is not { Kind: CredentialKind.ClientSecret, SecretSetting: { } setting })
            {
                continue;
            }

            if (SettingValues.Text(configuration, setting) is { } secret)
            {
                secrets.Add(stack.Name, secret);
            }
            else
            {
                problems.Add(new(setting, $"expected the client secret of stack {stack.Name}, as its topology says; found nothing"));
            }
        }

        return secrets;
    }

    private static Dictionary<StackName, Uri> Alerts(IConfiguration configuration, Topology? topology, List<Problem> problems)
    {
        var alerts = new Dictionary<StackName, Uri>();
        foreach (var stack in topology?.Stacks ?? [])
        {
            var setting = $"{SettingNames.Alerts}:{stack.Name}";
            if (SettingValues.Text(configuration, setting) is not { } text)
            {
                continue;
            }

            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && SettingValues.IsSafe(address))
            {
                alerts.Add(stack.Name, address);
            }
            else
            {
                // Such addresses often hold a key: what was found is not repeated.
                problems.Add(new(setting, "expected an absolute https address (http only for this machine), found something else"));
            }
        }

        return alerts;
    }

    private static Uri? PublicUrl(IConfiguration configuration, List<Problem> problems) =>
        SettingValues.Address(configuration, SettingNames.PublicUrl, problems)
        ?? (SettingValues.Text(configuration, "WEBSITE_HOSTNAME") is { } host && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var url) ? url : null);

    private static X509Certificate2Collection TrustedRoots(IConfiguration configuration, List<Problem> problems)
    {
        var roots = new X509Certificate2Collection();
        if (SettingValues.Text(configuration, SettingNames.TrustedRoots) is not { } file || ReadFile(SettingNames.TrustedRoots, file, problems) is not { } pem)
        {
            return roots;
        }

        try
        {
            roots.ImportFromPem(pem);
        }
        catch (CryptographicException unreadable)
        {
            problems.Add(new(SettingNames.TrustedRoots, $"expected certificates as PEM in '{file}', found something else: {unreadable.Message}"));
            return roots;
        }

        if (roots.Count == 0)
        {
            problems.Add(new(SettingNames.TrustedRoots, $"expected certificates as PEM in '{file}', found none"));
        }

        return roots;
    }

    private static string? ReadFile(string setting, string file, List<Problem> problems)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(setting, $"expected a file that can be read, found '{file}': {unreadable.Message}"));
            return null;
        }
    }
}
