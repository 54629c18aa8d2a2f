using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Local.Hosting;

/// <summary>
/// Keys that belong to somebody, so that a decision has an author: in the data folder, by their owners' names, as hashes. A key is
/// shown once, when it is made. The file is read again when it has changed.
/// </summary>
internal sealed class NamedKeys(string folder)
{
    private const int Bytes = 24;
    private const int LongestName = 100;

    private readonly string file = Path.Combine(folder, "keys.json");
    private readonly Lock turn = new();
    private (DateTime Written, IReadOnlyDictionary<string, string> Hashes) known = (default, new Dictionary<string, string>());

    /// <summary>The owners, by name.</summary>
    public IReadOnlyList<string> Owners => [.. Read().Keys.Order(StringComparer.Ordinal)];

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? Refusal(string name) => string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)
        ? $"Expected a name of 1 to {LongestName} characters, found '{name}'."
        : null;

    /// <summary>Whose key this is; null when nobody's.</summary>
    public string? OwnerOf(string key)
    {
        var hash = Encoding.ASCII.GetBytes(Hash(key));

        // Every entry is compared, so that the time tells nothing.
        return Read().Aggregate((string?)null, (owner, entry) => CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(entry.Value)) ? entry.Key : owner);
    }

    /// <summary>Makes a key for somebody, in the place of the one that they had; returns it.</summary>
    public string Add(string name)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        Write(new(Read()) { [name] = Hash(key) });
        return key;
    }

    /// <summary>Takes somebody's key away; false when they had none.</summary>
    public bool Remove(string name)
    {
        var left = new Dictionary<string, string>(Read());
        if (!left.Remove(name))
        {
            return false;
        }

        Write(left);
        return true;
    }

    private IReadOnlyDictionary<string, string> Read()
    {
        lock (turn)
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (File.Exists(file) && written != known.Written)
            {
                known = (written, JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? []);
            }

            return known.Hashes;
        }
    }

    // Written aside and moved, so that whoever reads it finds all of it.
    private void Write(Dictionary<string, string> hashes)
    {
        Directory.CreateDirectory(folder);
        var aside = $"{file}.new";
        File.WriteAllText(aside, JsonSerializer.Serialize(hashes));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(aside, file, overwrite: true);
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
