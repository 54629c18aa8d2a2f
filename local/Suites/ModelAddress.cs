using Orchestrator.Functions.Suites;

namespace Orchestrator.Local.Suites;

/// <summary>A model as a person names it.</summary>
/// <param name="Endpoint">Where its API begins.</param>
/// <param name="Model">What requests name it by.</param>
/// <param name="KeySetting">The environment variable that holds the key; null to send none.</param>
internal sealed record ModelAddress(Uri Endpoint, string Model, string? KeySetting)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>The way to the model; null, once it has been said what is lacking, when there is no key where one should be.</summary>
    public ModelTarget? Open(HttpClient http)
    {
        if (KeySetting is null)
        {
            return new(Endpoint, Model, http, NoHeaders, null);
        }

        if (Environment.GetEnvironmentVariable(KeySetting) is { Length: > 0 } key)
        {
            return new(Endpoint, Model, http, NoHeaders, _ => ValueTask.FromResult(key));
        }

        Console.Error.WriteLine($"Expected the API's key in the environment variable {KeySetting}, found none.");
        return null;
    }
}
