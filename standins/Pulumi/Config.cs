using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>A stack's configuration under one name.</summary>
public sealed class Config
{
    // What the engine used to put after a package's name.
    private const string OldSuffix = ":config";

    private readonly string name;

    /// <summary>The configuration under <paramref name="name"/>; the project's when null.</summary>
    public Config(string? name = null)
    {
        name ??= Deployment.Instance.ProjectName;
        this.name = name.EndsWith(OldSuffix, StringComparison.Ordinal) ? name[..^OldSuffix.Length] : name;
    }

    /// <summary>The value, or null.</summary>
    public string? Get(string key) => Deployment.Running.Config(FullKey(key));

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

    /// <inheritdoc cref="GetBoolean(string)" />
    public Output<bool>? GetSecretBoolean(string key) => GetBoolean(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>The value, a whole number; or null.</summary>
    public int? GetInt32(string key) => Get(key) switch
    {
        null => null,
        var text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw NotValid(key, text, nameof(Int32)),
    };

    /// <inheritdoc cref="GetInt32(string)" />
    public Output<int>? GetSecretInt32(string key) => GetInt32(key) is { } value ? Output.CreateSecret(value) : null;

    /// <summary>The value, a number; or null.</summary>
    public double? GetDouble(string key) => Get(key) switch
    {
        null => null,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw NotValid(key, text, nameof(Double)),
    };

    /// <inheritdoc cref="GetDouble(string)" />
    public Output<double>? GetSecretDouble(string key) => GetDouble(key) is { } value ? Output.CreateSecret(value) : null;

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

    /// <summary>The value, which is JSON, as a secret; or null.</summary>
    public Output<T>? GetSecretObject<T>(string key) => Get(key) is null ? null : Output.CreateSecret(GetObject<T>(key)!);

    /// <summary>The value.</summary>
    /// <exception cref="RunException">There is none.</exception>
    public string Require(string key) => Get(key) ?? throw Missing(key);

    /// <summary>The value as a secret.</summary>
    /// <exception cref="RunException">There is none.</exception>
    public Output<string> RequireSecret(string key) => Output.CreateSecret(Require(key));

    /// <summary>The value, which is "true" or "false".</summary>
    /// <exception cref="RunException">There is none, or it is something else.</exception>
    public bool RequireBoolean(string key) => GetBoolean(key) ?? throw Missing(key);

    /// <inheritdoc cref="RequireBoolean(string)" />
    public Output<bool> RequireSecretBoolean(string key) => Output.CreateSecret(RequireBoolean(key));

    /// <summary>The value, a whole number.</summary>
    /// <exception cref="RunException">There is none, or it is something else.</exception>
    public int RequireInt32(string key) => GetInt32(key) ?? throw Missing(key);

    /// <inheritdoc cref="RequireInt32(string)" />
    public Output<int> RequireSecretInt32(string key) => Output.CreateSecret(RequireInt32(key));

    /// <summary>The value, a number.</summary>
    /// <exception cref="RunException">There is none, or it is something else.</exception>
    public double RequireDouble(string key) => GetDouble(key) ?? throw Missing(key);

    /// <inheritdoc cref="RequireDouble(string)" />
    public Output<double> RequireSecretDouble(string key) => Output.CreateSecret(RequireDouble(key));

    /// <summary>The value, which is JSON.</summary>
    /// <exception cref="RunException">There is none, or it is something else.</exception>
    public T RequireObject<T>(string key) => Get(key) is null ? throw Missing(key) : GetObject<T>(key)!;

    /// <inheritdoc cref="RequireObject{T}(string)" />
    public Output<T> RequireSecretObject<T>(string key) => Output.CreateSecret(RequireObject<T>(key));

    private string FullKey(string key) => $"{name}:{key}";

    private RunException Missing(string key) => new(
        $"Missing required configuration variable '{FullKey(key)}'\n\tplease set a value using the command `pulumi config set {FullKey(key)} <value>`");

    private RunException NotValid(string key, string? value, string expected, Exception? cause = null) =>
        new($"Configuration '{FullKey(key)}' value '{value}' is not a valid {expected}", cause);
}
