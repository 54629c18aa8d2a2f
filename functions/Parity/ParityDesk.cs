using Microsoft.Extensions.Logging;
using Orchestrator.Core.Names;
using Orchestrator.Core.Parity;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.GitHub.Writes;
using Orchestrator.Functions.Suites;

namespace Orchestrator.Functions.Parity;

/// <summary>
/// Compares a release's stacks: those that this instance drives by its own store, the others by the sheets that their instances have
/// put onto the release. It reads scores and writes reports; there is no way from here to a stack.
/// </summary>
/// <param name="scores">The scores of regions.</param>
/// <param name="sheets">What was published of them.</param>
/// <param name="others">The sheets of others.</param>
/// <param name="reports">The reports.</param>
/// <param name="record">The record in GitHub.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class ParityDesk(
    SuiteScoreStore scores,
    ScoreSheets sheets,
    SheetReading others,
    ParityReports reports,
    GitHubRecord record,
    TimeProvider time,
    ILogger<ParityDesk> logger)
{
    /// <summary>How long it is waited for scores that others have to publish.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>Has the scores of this instance's stacks published.</summary>
    public async Task PublishAsync(ParityOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        foreach (var own in order.Own)
        {
            if (SheetMaker.Of(order, own, await scores.OfAsync(own.Stack, cancellationToken)) is not { } sheet)
            {
                continue;
            }

            await sheets.KeepAsync(sheet, cancellationToken);
            if (SheetJson.Write(sheet).Refusal is { } refusal)
            {
                LogKept(ScoreSheet.AssetOf(own.Stack), refusal);
                continue;
            }

            await record.AddAsync(new ScoreWrite { Repository = order.Key.Repository, Since = time.GetUtcNow(), Tag = order.Key.Tag, Stack = own.Stack }, cancellationToken);
        }
    }

    /// <summary>Compares the stacks, keeps the report, and has GitHub show it.</summary>
    public async Task<ParityOutcome> JudgeAsync(ParityOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var now = time.GetUtcNow();
        var foreign = order.Stacks.Where(stack => order.Own.All(own => own.Stack != stack)).ToArray();
        var found = new Dictionary<StackName, (ScoreSheet? Sheet, string? Missing)>(await others.ReadAsync(order, foreign, cancellationToken));
        var isPending = found.Values.Any(one => one.Sheet is null) && now - await reports.WaitAsync(order, now, cancellationToken) < Patience;
        foreach (var own in order.Own)
        {
            found[own.Stack] = await OwnAsync(order, own, cancellationToken);
        }

        var report = ParityJudge.Judge(
            order.Demand,
            found.Where(one => one.Value.Sheet is not null).ToDictionary(one => one.Key, one => one.Value.Sheet!.Result()),
            found.Where(one => one.Value.Sheet is null).ToDictionary(one => one.Key, one => one.Value.Missing!),
            DateOnly.FromDateTime(now.UtcDateTime));
        await KeepAsync(order, now, report, isPending, cancellationToken);
        if (!isPending)
        {
            await reports.EndAsync(order, cancellationToken);
        }

        return new(report.Verdict, report.Reason, isPending);
    }

    /// <summary>Compares again what waits for others.</summary>
    public async Task JudgePendingAsync(CancellationToken cancellationToken)
    {
        foreach (var pending in await reports.PendingAsync(cancellationToken))
        {
            await JudgeAsync(pending.Order, cancellationToken);
        }
    }

    private async Task<(ScoreSheet? Sheet, string? Missing)> OwnAsync(ParityOrder order, OwnShare own, CancellationToken cancellationToken)
    {
        // An earlier attempt may have left one.
        if (await sheets.FindAsync(order.Key.Tag, own.Stack, cancellationToken) is not { } sheet || !order.IsFor(sheet.Manifest))
        {
            return (null, "has no scores of this release");
        }

        return SheetJson.Write(sheet).Refusal is { } refusal ? (null, $"has scores that may not be published: {refusal}") : (sheet, null);
    }

    // GitHub first: what is tried again after a break finds the report unchanged, and would not tell.
    private async Task KeepAsync(ParityOrder order, DateTimeOffset now, ParityReport report, bool isPending, CancellationToken cancellationToken)
    {
        var before = await reports.FindAsync(order.Key.Tag, cancellationToken);
        var text = ParitySummary.Of(report, isPending);
        if (before is not { } known || known.Head.Key != order.Key || ParitySummary.Of(known.Report, known.Head.Outcome.IsPending) != text)
        {
            await record.AddAsync(new ParityWrite { Repository = order.Key.Repository, Since = now, Tag = order.Key.Tag, Text = text }, cancellationToken);
            LogJudged(order.Key.Tag.Value, report.Verdict, report.Reason);
        }

        await reports.KeepAsync(order.Key, now, report, isPending, cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "Parity of {Tag}: {Verdict}: {Reason}")]
    private partial void LogJudged(string tag, Verdict verdict, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Asset} is not published: {Why}")]
    private partial void LogKept(string asset, string why);
}
