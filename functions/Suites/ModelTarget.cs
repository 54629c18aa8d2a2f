namespace Orchestrator.Functions.Suites;

/// <summary>A model behind an OpenAI-compatible address.</summary>
/// <param name="Endpoint">Where its API begins, e.g. <c>https://HOST/openai/v1/</c>.</param>
/// <param name="Model">What requests name it by: a deployment's name, or a served model's.</param>
/// <param name="Http">The way there; it stays the caller's.</param>
/// <param name="Headers">Further headers of each request, e.g. the one that leads to a candidate.</param>
/// <param name="Token">Gives the bearer token for each request; null to send none.</param>
public sealed record ModelTarget(
    Uri Endpoint,
    string Model,
    HttpClient Http,
    IReadOnlyDictionary<string, string> Headers,
    Func<CancellationToken, ValueTask<string>>? Token);
