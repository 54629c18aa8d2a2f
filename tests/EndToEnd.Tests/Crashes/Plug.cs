namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>
/// Pulls the plug of the process that makes changes, once at each of a list of moments, and keeps a record of all changes.
/// </summary>
/// <param name="moments">The moments.</param>
internal sealed class Plug(IEnumerable<Moment> moments)
{
    private readonly Lock turn = new();
    private readonly HashSet<Moment> left = [.. moments];
    private readonly List<SideEffect> made = [];
    private readonly List<SideEffect> repeated = [];
    private TaskCompletionSource pulled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServeProcess? process;

    /// <summary>The moments that have not come.</summary>
    public IReadOnlyList<Moment> Left => Read(() => left.ToArray());

    /// <summary>Changes that made a difference, in order.</summary>
    public IReadOnlyList<SideEffect> Made => Read(() => made.ToArray());

    /// <summary>Changes that made none, because they had been made before.</summary>
    public IReadOnlyList<SideEffect> Repeated => Read(() => repeated.ToArray());

    /// <summary>How often the plug was pulled.</summary>
    public int Kills { get; private set; }

    /// <summary>Ends when the plug of the present process is pulled.</summary>
    public Task Pulled => Read(() => pulled.Task);

    /// <summary>Whether the plug has been pulled at all changes of a phase that it is to be pulled at.</summary>
    public bool IsPulledAt(string phase) => Left.All(moment => moment.Effect.Phase != phase || moment.When == When.During);

    /// <summary>Whose plug it is from now on.</summary>
    public void Attach(ServeProcess started)
    {
        lock (turn)
        {
            process = started;
            pulled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Whether a change may happen. What a process asked for that is dead by now gets lost.</summary>
    public bool MayHappen(SideEffect effect)
    {
        lock (turn)
        {
            Pull(new(effect, When.Before));
            return process is { IsDead: false };
        }
    }

    /// <summary>Takes note of a change that has happened, and of whether it made a difference.</summary>
    public void Tell(SideEffect effect, bool hasEffect)
    {
        lock (turn)
        {
            (hasEffect && !(effect.IsStaging && made.Contains(effect)) ? made : repeated).Add(effect);
            Pull(new(effect, When.After));
        }
    }

    /// <summary>Whether this is one of the moments: then the plug is pulled.</summary>
    public bool Pull(Moment moment)
    {
        lock (turn)
        {
            if (!left.Remove(moment))
            {
                return false;
            }

            if (process is { IsDead: false } alive)
            {
                alive.Kill();
                Kills++;
                pulled.TrySetResult();
            }

            return true;
        }
    }

    private T Read<T>(Func<T> what)
    {
        lock (turn)
        {
            return what();
        }
    }
}
