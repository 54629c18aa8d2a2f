namespace Microsoft.DurableTask;

/// <summary>The version of an orchestration; empty for none. Compares without case.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    private readonly string? text;

    /// <summary>A version.</summary>
    /// <param name="version">Null and an empty text are no version.</param>
    /// <exception cref="ArgumentException">The text is white space.</exception>
    public TaskVersion(string? version)
    {
        if (version?.Length > 0 && string.IsNullOrWhiteSpace(version))
        {
            throw new ArgumentException("A version is not white space; for none, use null or an empty text.", nameof(version));
        }

        text = version;
    }

    /// <summary>The text; never null.</summary>
    public string Version => text ?? string.Empty;

    /// <summary>The text of a version.</summary>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>The version that a text spells.</summary>
    public static implicit operator TaskVersion(string? value) => new(value);

    /// <summary>Equal, without case.</summary>
    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    /// <summary>Not equal, without case.</summary>
    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    /// <inheritdoc />
    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
}
