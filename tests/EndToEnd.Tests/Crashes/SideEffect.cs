namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>A change that a rollout makes outside its process.</summary>
/// <param name="Phase">The phase that makes it.</param>
/// <param name="What">What it is.</param>
/// <param name="Region">Where.</param>
internal sealed record SideEffect(string Phase, string What, string Region)
{
    /// <summary>Whether GitHub is told.</summary>
    public bool IsTold => What.StartsWith("GitHub", StringComparison.Ordinal);

    /// <summary>Whether it is about weights on their way into storage, where only the end counts: what was under way comes again.</summary>
    public bool IsStaging => What.StartsWith("weights: ", StringComparison.Ordinal);

    /// <summary>Whether it may be left out, or come again: GitHub need not hear of what was overtaken before it was told.</summary>
    public bool IsPassing => IsStaging || (IsTold && Phase == "deploying" && What.EndsWith("in_progress", StringComparison.Ordinal));
}

/// <summary>When the plug is pulled.</summary>
/// <param name="Effect">At which change; without a region, at something that changes nothing outside.</param>
/// <param name="When">On which side of it.</param>
internal sealed record Moment(SideEffect Effect, When When)
{
    /// <summary>When what a person or GitHub has asked for has been acknowledged.</summary>
    public static Moment Acknowledged(string phase) => new(new(phase, "what was asked for is acknowledged", string.Empty), When.During);

    /// <summary>While nothing is changed.</summary>
    public static Moment InTheMiddle(string phase) => new(new(phase, "in the middle", string.Empty), When.During);
}

/// <summary>On which side of a change.</summary>
internal enum When
{
    /// <summary>It has been asked for and does not happen.</summary>
    Before,

    /// <summary>It has happened and whoever asked has not been told.</summary>
    After,

    /// <summary>There is no change.</summary>
    During,
}
