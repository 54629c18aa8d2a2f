using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>A stack's configuration under one name.</summary>
public sealed class Config
{
    private readonly string name;

    /// <summary>The configuration under <paramref name="name"/>; the project's when null.</summary>
    public Config(string? name = null) => this.name = name ?? Deployment.Instance.ProjectName;

    /// <summary>The value, or null.</summary>
    public string? Get(string key) => Deployment.Running.Config($"{name}:{key}");

    /// <summary>The value as a secret, or null.</summary>
    public Output<string>? GetSecret(string key) => Get(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>The value, which is "true" or "false"; or null.</summary>
    public bool? GetBoolean(string key) => Get(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw NotValid(key, other, nameof(Boolean)),
    };

    /// <summary>The value, a whole number; or null.</summary>
    public int? GetInt32(string key) => Get(key) switch
    {
        null => null,
        var text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw NotValid(key, text, nameof(Int32)),
    };

    /// <summary>The value, which is JSON; or the default.</summary>
    public T? GetObject<T>(string key)
    {
        if (Get(key) is not { } text)
        {
            return default;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException unreadable)
        {
            throw NotValid(key, text, typeof(T).FullName!, unreadable);
        }
    }

    /// <summary>The value.</summary>
    /// <exception cref="RunException">There is none.</exception>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>The value as a secret.</summary>
    /// <exception cref="RunException">There is none.</exception>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary>The value, which is JSON.</summary>
    /// <exception cref="RunException">There is none, or it is something else.</exception>
    public T RequireObject<T>(string key) => Get(key) is null ? throw Missing(key) : GetObject<T>(key)!;

    private RunException Missing(string key) => new(
        $"Missing required configuration variable '{name}:{key}'\n\tplease set a value using the command `pulumi config set {name}:{key} <value>`");

    private RunException NotValid(string key, string? value, string expected, Exception? cause = null) =>
        new($"Configuration '{name}:{key}' value '{value}' is not a valid {expected}", cause);
}
