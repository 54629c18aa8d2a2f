namespace Orchestrator.Functions.Suites;

/// <summary>How a suite is run.</summary>
/// <param name="Parallel">How many requests are under way at once, judges' included; 1 or more.</param>
/// <param name="Judge">Gives the model of a name that judges answers, or null for one that is not known; null when there are none.</param>
public sealed record SuiteRunOptions(int Parallel, Func<string, ModelTarget?>? Judge = null);
