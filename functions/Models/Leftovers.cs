using System.Runtime.ExceptionServices;
using Orchestrator.Functions.Azure;

namespace Orchestrator.Functions.Models;

/// <summary>What could not be removed while other things could: none of it keeps the rest.</summary>
internal sealed class Leftovers
{
    private ExceptionDispatchInfo? refused;
    private ExceptionDispatchInfo? unavailable;

    /// <summary>Removes something, as far as it can be.</summary>
    public async Task TryAsync(Func<Task> removal)
    {
        try
        {
            await removal();
        }
        catch (StackRefusedException failure)
        {
            refused ??= ExceptionDispatchInfo.Capture(failure);
        }
        catch (StackUnavailableException failure)
        {
            unavailable ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    /// <summary>Says what is left, if anything is: first what another try may remove, so that it is made.</summary>
    /// <exception cref="StackUnavailableException">Something could not be removed now.</exception>
    /// <exception cref="StackRefusedException">The removal of something is refused.</exception>
    public void Tell()
    {
        unavailable?.Throw();
        refused?.Throw();
    }
}
