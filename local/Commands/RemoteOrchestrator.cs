using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Local.Commands;

/// <summary>An orchestrator that runs, here or in Azure, as commands reach it.</summary>
internal sealed class RemoteOrchestrator : IDisposable
{
    private const string KeyVariable = "ORCHESTRATOR_KEY";
    private readonly HttpClient http;

    private RemoteOrchestrator(Uri address, string key)
    {
        http = new() { BaseAddress = address };
        http.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    public static Option<Uri> Url() => AddressOption.Create("--url", "Where the orchestrator answers.", new("http://127.0.0.1:7071"));

    public static Option<DirectoryInfo> Data() => new("--data") { Description = $"Where an orchestrator on this machine keeps its state, and its key. {KeyVariable} comes first.", DefaultValueFactory = _ => new(".orchestrator"), Recursive = true };

    /// <summary>The way there; null, once it has been said what is lacking, when there is no key.</summary>
    public static async Task<RemoteOrchestrator?> OpenAsync(Uri address, DirectoryInfo data)
    {
        var file = Path.Combine(data.FullName, "function.key");
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } given)
        {
            return new(address, given);
        }

        if (File.Exists(file))
        {
            return new(address, (await File.ReadAllTextAsync(file)).Trim());
        }

        await Console.Error.WriteLineAsync($"Expected your key in {KeyVariable}, or an orchestrator's folder in --data; found neither ('{file}' does not exist).");
        return null;
    }

    /// <summary>What an address shows; the exit code and nothing, once it has been said why, when it shows nothing.</summary>
    public Task<(int Exit, T? Value)> GetAsync<T>(string path)
        where T : class =>
        SendAsync<T>(new(HttpMethod.Get, new Uri($"api/{path}", UriKind.Relative)));

    /// <summary>What becomes of something that is posted; the exit code and nothing, once it has been said why, when it is refused.</summary>
    public async Task<(int Exit, T? Value)> PostAsync<T>(string path, JsonObject body)
        where T : class
    {
        using var content = JsonContent.Create(body);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/{path}", UriKind.Relative)) { Content = content };
        return await SendAsync<T>(request);
    }

    public void Dispose() => http.Dispose();

    private async Task<(int Exit, T? Value)> SendAsync<T>(HttpRequestMessage request)
        where T : class
    {
        using (request)
        {
            try
            {
                using var answer = await http.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                {
                    return (ExitCodes.Success, await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web));
                }

                await Console.Error.WriteLineAsync(await RefusalAsync(answer));
                return (ExitCodes.Refused, null);
            }
            catch (HttpRequestException unreachable)
            {
                await Console.Error.WriteLineAsync($"Expected an orchestrator at {http.BaseAddress}, found none: {unreachable.Message}. Say where with --url.");
                return (ExitCodes.Broken, null);
            }
        }
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode == System.Net.HttpStatusCode.Unauthorized)
        {
            return $"Expected a key that the orchestrator knows, found another. Set {KeyVariable} to yours.";
        }

        var text = await answer.Content.ReadAsStringAsync();
        try
        {
            return JsonNode.Parse(text)?["detail"]?.GetValue<string>() ?? $"The orchestrator answered {(int)answer.StatusCode}.";
        }
        catch (JsonException)
        {
            return $"The orchestrator answered {(int)answer.StatusCode}.";
        }
    }
}
