using System.Globalization;
using Orchestrator.Core.Rollouts;
using Orchestrator.Functions.Releases;

namespace Orchestrator.Local.Demo;

/// <summary>The progress as lines, one for each change, for logs and pipes.</summary>
/// <param name="begun">What the seconds count from.</param>
internal sealed class PlainProgress(DateTimeOffset begun)
{
    private readonly Dictionary<string, (RegionStep Step, int Weight)> shown = [];

    public void Show(ReleaseView? view)
    {
        foreach (var rollout in view?.Rollouts ?? [])
        {
            foreach (var run in rollout.Waves.SelectMany(wave => wave.Regions))
            {
                var name = $"{rollout.Rollout.Stack}/{rollout.Rollout.Environment}/{run.Region}";
                if (run.Step != RegionStep.Pending && (!shown.TryGetValue(name, out var last) || last != (run.Step, run.Weight)))
                {
                    shown[name] = (run.Step, run.Weight);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(TimeProvider.System.GetUtcNow() - begun).TotalSeconds,6:0.0} s  {name,-40} {StepText.Of(run.Step),-16} {run.Weight,3} %"));
                }
            }
        }
    }
}
