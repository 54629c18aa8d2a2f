using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Changes;
using Orchestrator.Sandbox.GitHub.Access;
using Orchestrator.Sandbox.GitHub.Comments;
using Orchestrator.Sandbox.GitHub.Deployments;
using Orchestrator.Sandbox.GitHub.Hooks;
using Orchestrator.Sandbox.GitHub.Releases;
using Orchestrator.Sandbox.Latency;

namespace Orchestrator.Sandbox.GitHub;

/// <summary>The simulated GitHub: its REST API over HTTP, and its webhooks.</summary>
public sealed class GitHubServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GitHubState state;
    private readonly SandboxLatencies latencies;
    private readonly LatencyLedger ledger;
    private readonly GitHubAccess access;
    private readonly GitHubQuotas quotas;
    private readonly WebhookSender webhooks;
    private readonly ReleasesApi releases;
    private readonly HooksApi hooks;
    private readonly CommentsApi comments;

    private GitHubServer(WebApplication app, GitHubState state, SandboxLatencies latencies, LatencyLedger ledger)
    {
        this.app = app;
        this.state = state;
        this.latencies = latencies;
        this.ledger = ledger;
        access = new(state);
        quotas = new(state);
        webhooks = new(state);
        releases = new(state, webhooks);
        hooks = new(state, webhooks);
        comments = new(state, webhooks);
        Map();
    }

    /// <summary>The root of its API.</summary>
    public Uri ApiUrl => state.Api;

    /// <summary>What it was asked to be.</summary>
    public GitHubOptions Options => state.Options;

    /// <summary>What is wrong with it just now; null for nothing.</summary>
    public GitHubFault? Fault
    {
        get => state.Fault;
        set => state.Fault = value;
    }

    /// <summary>Adds a webhook for releases; the result is its id.</summary>
    public long AddHook(string repository, Uri url, string secret) => hooks.Add(repository, url, secret);

    /// <summary>Gives the app a webhook for releases, in the place of the one that it has.</summary>
    public void SetAppHook(Uri url, string secret) => hooks.SetAppHook(url, secret);

    /// <summary>Publishes a release with its manifest; the webhooks are on their way when this returns.</summary>
    public long Publish(string repository, string tag, byte[] manifest, bool prerelease = false) => releases.Publish(repository, tag, manifest, prerelease);

    /// <summary>Comments on the commit that a tag names, as somebody else than the app; the webhooks are on their way when this returns.</summary>
    public long Comment(string repository, string tag, string login, string body) => comments.Add(repository, tag, login, body);

    /// <summary>The comments on the commit that a tag names, oldest first.</summary>
    public IReadOnlyList<SandboxComment> Comments(string repository, string tag) =>
        [.. comments.On(repository, tag).Select(comment => new SandboxComment(comment["user"]!["login"]!.GetValue<string>(), comment["body"]!.GetValue<string>()))];

    /// <summary>Every webhook that was sent, oldest first.</summary>
    public IReadOnlyList<Delivery> Deliveries()
    {
        lock (state.Turn)
        {
            return [.. state.Hooks.SelectMany(hook => hook.Deliveries)];
        }
    }

    /// <summary>Sends a webhook again, with the same id.</summary>
    public void Redeliver(Guid delivery)
    {
        lock (state.Turn)
        {
            foreach (var hook in state.Hooks.Where(hook => hook.Deliveries.Any(one => one.DeliveryId == delivery)).ToArray())
            {
                webhooks.Again(hook, hook.Deliveries.First(one => one.DeliveryId == delivery));
            }
        }
    }

    /// <summary>Every request that creates content, oldest first.</summary>
    public IReadOnlyList<SandboxWrite> Writes() => quotas.Writes;

    /// <summary>Every deployment with its statuses, oldest first.</summary>
    public IReadOnlyList<SandboxDeployment> Deployments()
    {
        lock (state.Turn)
        {
            return [.. state.Repositories.SelectMany(repository => repository.Deployments.Select(deployment => new SandboxDeployment(
                deployment["id"]!.GetValue<long>(),
                deployment["environment"]!.GetValue<string>(),
                deployment["sha"]!.GetValue<string>(),
                [.. repository.Statuses[deployment["id"]!.GetValue<long>()].Select(status =>
                    new SandboxDeploymentStatus(
                    status["state"]!.GetValue<string>(),
                    status["description"]!.GetValue<string>(),
                    status["log_url"]!.GetValue<string>(),
                    status["environment_url"]!.GetValue<string>()))])))];
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        webhooks.Dispose();
    }

    internal static async Task<GitHubServer> StartAsync(
        GitHubOptions options,
        SandboxLatencies latencies,
        LatencyLedger ledger,
        ChangeHooks changes,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var app = LoopbackServer.Create(options.Port);
        var server = new GitHubServer(app, new(options, changes, time), latencies, ledger);
        await app.StartAsync(cancellationToken);
        server.state.Open(app.Address());
        return server;
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        response.Headers["X-GitHub-Request-Id"] = Guid.NewGuid().ToString("N");
        quotas.Count(context);
        await ledger.WaitAsync("github", $"GitHub {context.Request.Method}", latencies.GitHubRequest, context.RequestAborted);
        try
        {
            Fail(response);
            quotas.CheckPrimary();
            if (!context.Request.Path.StartsWithSegments("/storage"))
            {
                await access.CheckAsync(context);
            }

            quotas.CheckSecondary(context);

            await next(context);
            if (response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false })
            {
                throw GitHubException.NotFound();
            }
        }
        catch (GitHubException refused)
        {
            await RefuseAsync(response, refused);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or BadHttpRequestException)
        {
            await RefuseAsync(response, new(400, "Problems parsing JSON"));
        }
    }

    private void Fail(HttpResponse response)
    {
        switch (state.Fault)
        {
            case GitHubFault.Outage:
                throw new GitHubException(503, "Service unavailable");
            case GitHubFault.RateLimited:
                throw new GitHubException(403, "API rate limit exceeded for installation.");
            case GitHubFault.SecondaryLimited:
                response.Headers.RetryAfter = "60";
                throw new GitHubException(429, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
        }
    }

    private static Task RefuseAsync(HttpResponse response, GitHubException refused)
    {
        response.StatusCode = refused.Status;
        var body = new JsonObject { ["message"] = refused.Message };
        if (refused.Errors is { } errors)
        {
            body["errors"] = errors.DeepClone();
        }

        body["documentation_url"] = "https://docs.github.com/rest";
        body["status"] = refused.Status.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(body);
    }

    private void Map()
    {
        app.Use(next => context => HandleAsync(context, next));
        app.UseRouting();
        releases.Map(app);
        releases.MapStorage(app);
        new DeploymentsApi(state).Map(app);
        hooks.Map(app);
        comments.Map(app);
        app.MapGet("/rate_limit", () => GitHubAnswers.Json(200, RateLimit()));
        app.MapGet("/repos/{owner}/{name}", (string owner, string name) => GitHubAnswers.Ok(Locked(() => state.Find($"{owner}/{name}").View())));
        app.MapGet("/repos/{owner}/{name}/commits/{**reference}", (string owner, string name, string reference) => GitHubAnswers.Ok(Commit(owner, name, reference)));
        app.MapGet("/repos/{owner}/{name}/installation", (string owner, string name) => GitHubAnswers.Ok(Locked(() => access.Installation($"{owner}/{name}"))));
        app.MapPost("/app/installations/{id:long}/access_tokens", (long id) => GitHubAnswers.Created(Locked(() => access.IssueToken(id))));
    }

    // "tags/v1" names the same commit as "v1" (REST API, get a commit).
    private JsonObject Commit(string owner, string name, string reference) => Locked(() =>
    {
        var repository = state.Find($"{owner}/{name}");
        var tag = reference.StartsWith("tags/", StringComparison.Ordinal) ? reference["tags/".Length..] : reference;
        var known = repository.Releases.Any(release => release["tag_name"]!.GetValue<string>() == tag) || tag == "main" || tag.Length == 40;
        return known
            ? new JsonObject { ["sha"] = repository.CommitOf(tag), ["node_id"] = "C_1", ["url"] = $"{repository.Url}/commits/{tag}" }
            : throw new GitHubException(422, $"No commit found for SHA: {reference}");
    });

    private JsonObject RateLimit()
    {
        var core = quotas.View();
        return new() { ["resources"] = new JsonObject { ["core"] = core.DeepClone(), ["search"] = core.DeepClone() }, ["rate"] = core };
    }

    private T Locked<T>(Func<T> act)
    {
        lock (state.Turn)
        {
            return act();
        }
    }
}

/// <summary>A comment on a commit.</summary>
/// <param name="Login">Who made it.</param>
/// <param name="Body">What it says.</param>
public sealed record SandboxComment(string Login, string Body);

/// <summary>A deployment with its statuses.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="Sha">Its commit.</param>
/// <param name="Statuses">Its statuses, oldest first.</param>
public sealed record SandboxDeployment(long Id, string Environment, string Sha, IReadOnlyList<SandboxDeploymentStatus> Statuses)
{
    /// <summary>The state that GitHub shows: that of the last status.</summary>
    public string State => Statuses is [.., var last] ? last.State : "pending";
}

/// <summary>A status of a deployment.</summary>
/// <param name="State">The state.</param>
/// <param name="Description">The description.</param>
/// <param name="LogUrl">Where its log is; empty when not told.</param>
/// <param name="EnvironmentUrl">Where the environment is; empty when not told.</param>
public sealed record SandboxDeploymentStatus(string State, string Description, string LogUrl, string EnvironmentUrl);
