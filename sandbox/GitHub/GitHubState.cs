using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.GitHub.Hooks;

namespace Orchestrator.Sandbox.GitHub;

/// <summary>All that the simulated GitHub holds. Guarded by <see cref="Turn"/>.</summary>
internal sealed class GitHubState(GitHubOptions options, ChangeHooks changes, TimeProvider time)
{
    private readonly Dictionary<string, Repository> repositories = new(StringComparer.OrdinalIgnoreCase);
    private long lastId = 1_000;

    public GitHubOptions Options => options;

    public ChangeHooks Changes => changes;

    public Lock Turn { get; } = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public string Timestamp => Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Installation tokens with their ends.</summary>
    public Dictionary<string, DateTimeOffset> InstallationTokens { get; } = [];

    /// <summary>What is wrong with GitHub just now; null for nothing.</summary>
    public GitHubFault? Fault { get; set; }

    public IEnumerable<Repository> Repositories => repositories.Values;

    /// <summary>The app's webhook; null when it has none.</summary>
    public Hook? AppHook { get; set; }

    /// <summary>Every webhook.</summary>
    public IEnumerable<Hook> Hooks => Repositories.SelectMany(repository => repository.Hooks).Concat(AppHook is { } hook ? [hook] : []);

    /// <summary>The root of the API; known once the server listens.</summary>
    public Uri Api { get; private set; } = new("http://127.0.0.1/");

    public void Open(Uri api)
    {
        Api = api;
        foreach (var name in options.Repositories)
        {
            repositories.Add(name, new(NextId(), name, api));
        }
    }

    public Repository Find(string fullName) => repositories.TryGetValue(fullName, out var repository) ? repository : throw GitHubException.NotFound();

    public long NextId() => ++lastId;

    /// <summary>The webhooks that hear of what happens in a repository: its own, and the app's, which is installed on every one.</summary>
    public IEnumerable<Hook> HooksOf(Repository repository) => repository.Hooks.Concat(AppHook is { } hook ? [hook] : []);

    public Hook FindHook(long id) => Hooks.FirstOrDefault(hook => hook.Id == id) ?? throw GitHubException.NotFound();
}

/// <summary>What can be wrong with GitHub.</summary>
public enum GitHubFault
{
    /// <summary>Every request is answered 503.</summary>
    Outage,

    /// <summary>The primary rate limit is used up: 403.</summary>
    RateLimited,

    /// <summary>The secondary rate limit is hit: 429.</summary>
    SecondaryLimited,

    /// <summary>Webhooks are not delivered.</summary>
    DropsWebhooks,

    /// <summary>Webhooks are not even tried: the list of deliveries knows nothing of them.</summary>
    LosesWebhooks,
}
