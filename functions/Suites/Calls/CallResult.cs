namespace Orchestrator.Functions.Suites.Calls;

/// <summary>How asking a model ended.</summary>
internal abstract record CallResult
{
    /// <summary>With a reply to grade.</summary>
    public sealed record Answered(ModelReply Reply) : CallResult;

    /// <summary>The model is at fault: too slow, too long, or no reply that can be read.</summary>
    public sealed record Failed(string Why) : CallResult;

    /// <summary>Nothing was learnt about the model.</summary>
    public sealed record NotMeasured(string Why) : CallResult;
}
