using System.Globalization;
using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Problems;

namespace Orchestrator.Functions.Settings;

/// <summary>The values that settings hold.</summary>
internal static class SettingValues
{
    public static Uri? Address(IConfiguration configuration, string name, List<Problem> problems)
    {
        if (Text(configuration, name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url)
            && IsSafe(url))
        {
            return url;
        }

        problems.Add(new(name, $"expected an absolute https address (http only for this machine), found '{text}'"));
        return null;
    }

    public static int Number(IConfiguration configuration, string name, int usual, int most, List<Problem> problems)
    {
        if (Text(configuration, name) is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        problems.Add(new(name, $"expected a number from 1 to {most}, found '{text}'"));
        return usual;
    }

    public static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    public static string? Text(IConfiguration configuration, string name) =>
        configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
