using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Local.Hosting;

/// <summary>
/// The key that functions ask for: made once, kept in the data folder for its owner alone. There is one for all levels, where the
/// Functions host has one for each function and one for the administrator. People may have keys of their own beside it.
/// </summary>
internal sealed class FunctionKeys
{
    private const string Header = "x-functions-key";
    private const string Query = "code";
    private const int Bytes = 24;

    private readonly byte[] hash;

    private readonly NamedKeys named;

    private FunctionKeys(string key, NamedKeys named)
    {
        Default = key;
        hash = Hash(key);
        this.named = named;
    }

    public string Default { get; }

    /// <summary>The folder's key; made when there is none.</summary>
    /// <exception cref="InvalidOperationException">The file with the key holds none.</exception>
    public static async Task<FunctionKeys> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "function.key");
        if (!File.Exists(file))
        {
            await WriteAsync(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)), cancellationToken);
        }

        var key = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        return key.Length >= 2 * Bytes
            ? new(key, new(folder))
            : throw new InvalidOperationException($"Expected a function key of at least {2 * Bytes} characters in '{file}', found {key.Length}. Delete the file to have one made.");
    }

    /// <summary>Whether a request may call a function; if its key belongs to somebody, the request is theirs from now on.</summary>
    public bool Allow(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return true;
        }

        var given = request.Headers[Header].FirstOrDefault() ?? request.Query[Query].FirstOrDefault() ?? string.Empty;
        if (CryptographicOperations.FixedTimeEquals(Hash(given), hash))
        {
            return true;
        }

        if (named.OwnerOf(given) is not { } owner)
        {
            return false;
        }

        request.HttpContext.User = new(new ClaimsIdentity([new(ClaimTypes.Name, owner)], authenticationType: "key"));
        return true;
    }

    // Equal lengths, so that the comparison's time tells nothing.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    // Written aside and moved, so that a crash leaves no half a key.
    private static async Task WriteAsync(string file, string key, CancellationToken cancellationToken)
    {
        var aside = $"{file}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(aside, options))
        {
            await writer.WriteAsync(key.AsMemory(), cancellationToken);
        }

        File.Move(aside, file, overwrite: true);
    }
}
