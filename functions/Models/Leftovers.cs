using System.Runtime.ExceptionServices;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>What could not be removed while other things could: none of it keeps the rest.</summary>
internal sealed class Leftovers
{
    private ExceptionDispatchInfo? first;

    /// <summary>Removes something, as far as it can be.</summary>
    public async Task TryAsync(Func<Task> removal)
    {
        try
        {
            await removal();
        }
        catch (Exception failure) when (failure is StackRefusedException or StackUnavailableException)
        {
            first ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    /// <summary>Says what is left, if anything is.</summary>
    /// <exception cref="StackUnavailableException">Something could not be removed now.</exception>
    /// <exception cref="StackRefusedException">The removal of something is refused.</exception>
    public void Tell() => first?.Throw();
}
