using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites.Calls;
using Orchestrator.Functions.Suites.Code;
using Orchestrator.Functions.Suites.Graders;

namespace Orchestrator.Functions.Suites;

/// <summary>Asks a model what a suite asks, and grades what it answers.</summary>
/// <param name="time">The clock that waits, and that times are measured with.</param>
/// <param name="code">Runs the code of answers where it can do no harm; null refuses suites that need it.</param>
public sealed class SuiteRunner(TimeProvider time, Func<string, string, IReadOnlyList<CodeCheck>, CancellationToken, CodeOutcome>? code = null)
{
    /// <summary>
    /// Runs every try of every case. Nothing that the model, a judge or their servers do makes this throw, and the order of what it
    /// gives is the suite's, whatever is answered first.
    /// </summary>
    /// <exception cref="InvalidOperationException">The suite needs a judge or something else that is not there; nothing was sent.</exception>
    public async Task<SuiteRun> RunAsync(Suite suite, ModelTarget target, SuiteRunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallel, 1);
        var tries = await PrepareAsync(suite, target, options, cancellationToken);
        var evidence = new CaseEvidence[tries.Count];
        await Parallel.ForAsync(
            0,
            tries.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (index, token) => evidence[index] = await tries[index].RunAsync(token));
        return SuiteRun.Of(suite, evidence);
    }

    private async Task<IReadOnlyList<CaseTry>> PrepareAsync(Suite suite, ModelTarget target, SuiteRunOptions options, CancellationToken cancellationToken)
    {
        var judges = Judges(suite, options);
        var graders = new CaseGraders(suite, code, judges);
        var model = new ModelClient(target, suite.Timeout, time);
        var tries = new List<CaseTry>();
        foreach (var one in suite.Cases)
        {
            var ready = await graders.OfAsync(one, cancellationToken);
            tries.AddRange(Enumerable.Range(1, suite.RepeatsOf(one)).Select(number => new CaseTry(one, number, suite.Seed + number, model, ready)));
        }

        return tries;
    }

    private Dictionary<string, ModelClient> Judges(Suite suite, SuiteRunOptions options)
    {
        var known = suite.Judges.ToDictionary(name => name, name => options.Judge?.Invoke(name));
        var unknown = known.Where(one => one.Value is null).Select(one => one.Key).ToArray();
        return unknown.Length == 0
            ? known.ToDictionary(one => one.Key, one => new ModelClient(one.Value!, suite.Timeout, time))
            : throw new InvalidOperationException($"Suite {suite.Name} has answers judged by models that are not known here: '{string.Join("', '", unknown)}'. Nothing was sent.");
    }
}
