using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Writes;

namespace Orchestrator.Functions.Settings;

/// <summary>Reads how to reach GitHub, and as whom.</summary>
internal static class GitHubSettingsReader
{
    private static readonly Uri PublicGitHub = new("https://api.github.com/");

    public static GitHubSettings? Read(IConfiguration configuration, List<Problem> problems)
    {
        var url = SettingValues.Address(configuration, SettingNames.GitHubApiUrl, problems) ?? PublicGitHub;
        var secret = SettingValues.Text(configuration, SettingNames.WebhookSecret);
        if (secret is null)
        {
            problems.Add(new(SettingNames.WebhookSecret, "expected the secret that signs webhooks; found nothing, and without it anyone could start a rollout"));
        }

        var token = SettingValues.Text(configuration, SettingNames.GitHubToken);
        var app = App(configuration, problems);
        var appNamed = SettingValues.Text(configuration, SettingNames.GitHubAppId) is not null || SettingValues.Text(configuration, SettingNames.GitHubPrivateKey) is not null;
        if ((token is not null) == appNamed)
        {
            problems.Add(new(SettingNames.GitHubToken, $"expected either a token here or an app in {SettingNames.GitHubAppId} and {SettingNames.GitHubPrivateKey}; found {(appNamed ? "both" : "neither")}"));
        }

        var writes = new WriteLimits(
            SettingValues.Number(configuration, SettingNames.WritesPerMinute, WriteLimits.Default.PerMinute, WriteLimits.GitHubs.PerMinute, problems),
            SettingValues.Number(configuration, SettingNames.WritesPerHour, WriteLimits.Default.PerHour, WriteLimits.GitHubs.PerHour, problems));
        return secret is null ? null : new(url, secret, token, app) { Writes = writes };
    }

    private static GitHubAppSettings? App(IConfiguration configuration, List<Problem> problems)
    {
        var id = SettingValues.Text(configuration, SettingNames.GitHubAppId);
        var key = SettingValues.Text(configuration, SettingNames.GitHubPrivateKey);
        if (id is null && key is null)
        {
            return null;
        }

        if (id is null)
        {
            problems.Add(new(SettingNames.GitHubAppId, $"expected the app's id, because {SettingNames.GitHubPrivateKey} is set; found nothing"));
        }

        if (key is null)
        {
            problems.Add(new(SettingNames.GitHubPrivateKey, $"expected the app's private key, because {SettingNames.GitHubAppId} is set; found nothing"));
            return null;
        }

        if (Pem(key) is not { } pem)
        {
            problems.Add(new(SettingNames.GitHubPrivateKey, "expected an RSA private key as PEM, or PEM in base64; found something else"));
            return null;
        }

        return id is null ? null : new(id, pem);
    }

    private static string? Pem(string key)
    {
        try
        {
            var pem = key.Contains("-----BEGIN", StringComparison.Ordinal)
                ? key.Replace("\\n", "\n", StringComparison.Ordinal)
                : Encoding.UTF8.GetString(Convert.FromBase64String(key));
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return pem;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
