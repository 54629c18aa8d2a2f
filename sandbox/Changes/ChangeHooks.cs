namespace Orchestrator.Sandbox.Changes;

/// <summary>Tells of every change of a resource or a deployment, right before and right after it: the moments to pull a plug.</summary>
public sealed class ChangeHooks
{
    /// <summary>Asked before a change. One that may not happen leaves no trace, and its caller's connection breaks.</summary>
    public Func<Change, bool>? Changing { get; set; }

    /// <summary>Asked before a change of a resource: whether something else is being done to it, so that ARM refuses with 409.</summary>
    public Func<Change, bool>? IsBusy { get; set; }

    /// <summary>Told of a change that has been made, before its caller is; and whether anything is different for it.</summary>
    public Action<Change, bool>? Changed { get; set; }

    internal bool MayHappen(Change change) => Changing?.Invoke(change) ?? true;

    internal bool Refuses(Change change) => IsBusy?.Invoke(change) ?? false;

    internal void Tell(Change change, bool hasEffect) => Changed?.Invoke(change, hasEffect);
}
