namespace Orchestrator.Functions.Settings;

/// <summary>What follows when a release is changed after its publication.</summary>
/// <param name="OnEdited">When it is edited.</param>
/// <param name="OnDeleted">When it is deleted, or made a draft again.</param>
public sealed record ReleasePolicy(EditedAction OnEdited, DeletedAction OnDeleted)
{
    /// <summary>Nothing: what was published is what is rolled out, until somebody says otherwise here.</summary>
    public static ReleasePolicy Default { get; } = new(EditedAction.Ignore, DeletedAction.Ignore);
}

/// <summary>What follows when a release is edited.</summary>
public enum EditedAction
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>It is rolled out again where its manifest is another one than was rolled out last.</summary>
    Restart,
}

/// <summary>What follows when a release is deleted.</summary>
public enum DeletedAction
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>It is marked bad: it begins in no further environment. What is under way goes on.</summary>
    Hold,

    /// <summary>It is marked bad, and its rollouts under way are stopped and rolled back.</summary>
    Stop,
}
