namespace Microsoft.DurableTask;

/// <summary>The version of an orchestration. Compares without case.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>A version.</summary>
    public TaskVersion(string version) => Version = version ?? string.Empty;

    /// <summary>The text.</summary>
    public string Version { get; }

    /// <summary>The text of a version.</summary>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>The version that a text spells.</summary>
    public static implicit operator TaskVersion(string value) => new(value);

    /// <summary>Equal, without case.</summary>
    public static bool operator ==(TaskVersion left, TaskVersion right) => left.Equals(right);

    /// <summary>Not equal, without case.</summary>
    public static bool operator !=(TaskVersion left, TaskVersion right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Version is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
}
