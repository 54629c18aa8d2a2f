using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Octokit;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Topologies;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>Looks at the models that a region's serving gateway asks: what they are, in which words they answer, how good they are.</summary>
/// <param name="apps">The regions' container apps.</param>
/// <param name="identity">Who asks what a model is.</param>
/// <param name="fingerprints">Who compares its words.</param>
/// <param name="quality">Who runs the short suite.</param>
/// <param name="looks">What looks before have shown.</param>
/// <param name="time">The clock.</param>
public sealed class ModelWatch(ContainerApps apps, ModelIdentity identity, FingerprintLook fingerprints, QualityLook quality, ModelLookStore looks, TimeProvider time)
{
    /// <summary>A look takes no longer, so that whoever asks for one by HTTP still gets the answer; what has been seen until then is told.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(200);

    /// <summary>What was seen. What could not be seen is told in it, and throws nothing.</summary>
    public async Task<RegionModelLook> LookAsync(RegionTarget target, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(environment);
        using var limit = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var look = new RegionModelLook(target.Stack, target.Environment, target.Region.Name, time.GetUtcNow(), null, null, [], null);
        var seen = new List<ModelLook>();
        IReadOnlyList<ModelEntry> models = [];
        try
        {
            look = look with { Turns = (await looks.LastAsync(target, linked.Token))?.Turns };
            if (await apps.ReadAsync(target, linked.Token) is not { } app)
            {
                return look with { Problem = $"expected container app {target.Region.App}, found none" };
            }

            look = look with { Release = app.Tag(AppTags.Release), Since = SinceOf(app) };
            if (app.Serving() is not { } serving || (app.Tag(AppTags.Revision) ?? serving) != serving || app.Fqdn is not { } fqdn)
            {
                return look with { Problem = $"expected revision {app.Tag(AppTags.Revision)} to serve, as promoted; found {app.Serving() ?? "none"}" };
            }

            models = (await apps.ReadRevisionAsync(target, serving, linked.Token))?.Models ?? [];
            var gateway = new ServingGateway(target, new($"https://{fqdn}/v1/"), look.Release is null ? null : ReleaseTag.From(look.Release), models);
            var turns = new ModelTurns(look.Turns);
            foreach (var entry in turns.InTurn(models))
            {
                turns.Begin(entry, time.GetUtcNow());
                look = look with { Turns = turns.Of(models) };
                seen.Add(await LookAsync(gateway, entry, environment, linked.Token));
            }

            return look with { Models = Seen(), Problem = models.Count == 0 ? "the serving gateway names no models" : null };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return look with { Models = Seen(), Problem = $"not all was seen within {DurationText.Format(Limit)}" };
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return look with { Models = Seen(), Problem = Text(failure) };
        }

        // In the gateway's order, whoever's turn came first: what is found is told in the same words each time.
        ModelLook[] Seen() => [.. models.SelectMany(entry => seen.Where(one => one.Name == entry.Name)).Distinct()];
    }

    private async Task<ModelLook> LookAsync(ServingGateway gateway, ModelEntry entry, EnvironmentDefinition environment, CancellationToken cancellationToken)
    {
        var checks = new List<ModelCheck>();
        double? score = null;

        // Models that releases do not change are not ours to know.
        if (gateway.Target.Region.Models is { } slots && ModelRetirement.KindOf(slots, entry.Name) is { } kind)
        {
            await AddAsync(ModelCheckKind.Identity, () => identity.LookAsync(gateway.Target, kind, entry, cancellationToken));
            await AddAsync(ModelCheckKind.Answers, () => fingerprints.LookAsync(gateway.Target, kind, entry, (environment.Gate ?? GatePolicy.Default).Parallel, cancellationToken));
        }

        await AddAsync(ModelCheckKind.Quality, async () =>
        {
            (var check, score) = await quality.LookAsync(gateway, entry, environment, cancellationToken);
            return check;
        });
        return new(entry.Name, entry.Identity, ModelPlanner.ServerOf(entry), score, checks);

        async Task AddAsync(ModelCheckKind what, Func<Task<ModelCheck>> look)
        {
            try
            {
                checks.Add(await look());
            }
            catch (Exception failure) when (IsExpected(failure))
            {
                checks.Add(new(what, Verdict.Error, Text(failure)));
            }
        }
    }

    // What others than the model may do wrong: clouds, GitHub, the store, whoever has written a gateway's variables by hand.
    private static bool IsExpected(Exception failure) => failure
        is StackUnavailableException or StackRefusedException or ApiException or HttpRequestException or IOException or RequestFailedException
        or AuthenticationFailedException or ClientResultException or InvalidOperationException or JsonException or UriFormatException;

    private static string Text(Exception failure) => failure.Message.Split('\n')[0];

    private static DateTimeOffset? SinceOf(ContainerAppState app) =>
        DateTimeOffset.TryParse(app.Tag(AppTags.Since), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : null;
}
