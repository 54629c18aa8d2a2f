using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Core.Suites;
using Orchestrator.Core.Verification;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Suites;
using Orchestrator.Functions.Suites.Calls;

namespace Orchestrator.Functions.Models.Continuous;

/// <summary>Asks a model itself what has no right answer, and compares its words with those of the first look after its promotion.</summary>
/// <param name="addresses">Where models answer.</param>
/// <param name="looks">Where fingerprints are kept.</param>
/// <param name="time">The clock.</param>
public sealed class FingerprintLook(ModelAddresses addresses, ModelLookStore looks, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the model answers as it did.</summary>
    /// <param name="target">The region.</param>
    /// <param name="kind">What serves the model.</param>
    /// <param name="entry">How the gateway finds it.</param>
    /// <param name="parallel">How many requests are under way at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StackUnavailableException">Signing in failed.</exception>
    /// <exception cref="StackRefusedException">ARM refuses the endpoint's own token.</exception>
    public async Task<ModelCheck> LookAsync(RegionTarget target, ModelKind kind, ModelEntry entry, int parallel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var now = await TakeAsync(target, kind, entry, parallel, cancellationToken);
        var questions = FingerprintQuestions.All.Select(one => one.Id).ToArray();
        var first = await looks.FingerprintAsync(target, entry.Name, cancellationToken);
        if (first is null || first.Identity != entry.Whole || !first.IsOf(questions))
        {
            return await BeginAsync(target, entry, now, questions.Length, cancellationToken);
        }

        var difference = first.Compare(now);
        var told = $"{difference.Different.Count} of {difference.Compared} answers differ from those of {first.At:u}{(difference.Different.Count > 0 ? $": {string.Join(", ", difference.Different)}" : string.Empty)}";
        return !difference.IsKnown ? new(ModelCheckKind.Answers, Verdict.Error, $"only {difference.Compared} of {difference.Asked} questions were answered")
            : difference.HasChanged ? new(ModelCheckKind.Answers, Verdict.Fail, $"answers changed though the identity did not: {told}")
            : new(ModelCheckKind.Answers, Verdict.Pass, told);
    }

    private async Task<ModelCheck> BeginAsync(RegionTarget target, ModelEntry entry, IReadOnlyDictionary<string, string> now, int questions, CancellationToken cancellationToken)
    {
        if (now.Count < questions)
        {
            return new(ModelCheckKind.Answers, Verdict.Error, $"only {now.Count} of {questions} questions were answered: there is nothing to compare with yet");
        }

        await looks.KeepAsync(target, entry.Name, new ModelFingerprint(entry.Whole, time.GetUtcNow(), now), cancellationToken);
        return new(ModelCheckKind.Answers, Verdict.Pass, "the first look: later ones are compared with it");
    }

    private async Task<IReadOnlyDictionary<string, string>> TakeAsync(RegionTarget target, ModelKind kind, ModelEntry entry, int parallel, CancellationToken cancellationToken)
    {
        var token = await addresses.TokenAsync(target, entry, cancellationToken);
        var model = new ModelClient(
            new(ModelAddresses.ApiOf(kind, entry), entry.Asked, addresses.ClientOf(target), entry.Headers ?? new Dictionary<string, string>(), token is null ? null : _ => ValueTask.FromResult(token)),
            Patience,
            time);
        var hashes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            FingerprintQuestions.All,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (question, stop) =>
            {
                if (await model.AskAsync(ChatRequest.Of(model.Model, question, FingerprintQuestions.Seed), stop) is CallResult.Answered { Reply: { IsFiltered: false } reply }
                    && Hash(reply) is { } hash)
                {
                    hashes[question.Id] = hash;
                }
            });
        return hashes;
    }

    // A model that has thought until it was cut off has said nothing.
    private static string? Hash(ModelReply reply) =>
        string.Join(' ', $"{reply.Text} {reply.Refusal}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)))
            : null;
}
