using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Orchestrator.Local.Hosting;

/// <summary>The key that functions ask for: made once, kept in the data folder for its owner alone.</summary>
internal sealed class FunctionKeys
{
    private const string Header = "x-functions-key";
    private const string Query = "code";

    private readonly byte[] key;

    private FunctionKeys(string key) => this.key = Encoding.UTF8.GetBytes(key);

    public string Default => Encoding.UTF8.GetString(key);

    public static FunctionKeys In(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "function.key");
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(file, options);
            writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }

        return new(File.ReadAllText(file).Trim());
    }

    public bool Allow(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return true;
        }

        var given = request.Headers[Header].FirstOrDefault() ?? request.Query[Query].FirstOrDefault() ?? string.Empty;
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(key));
    }
}
