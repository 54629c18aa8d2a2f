using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Local.Demo;

/// <summary>A fault as it is given on the command line.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Region">The region.</param>
/// <param name="Kind">What goes wrong.</param>
internal sealed record DemoFault(string Stack, string Region, FaultKind Kind)
{
    public static DemoFault? Parse(string text, List<string> problems)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || equals <= slash)
        {
            problems.Add($"--fault: expected STACK/REGION=KIND, e.g. china-open/chinanorth3=unhealthy, found '{text}'");
            return null;
        }

        var (stack, region) = (text[..slash], text[(slash + 1)..equals]);
        var kind = FaultKinds.Parse(text[(equals + 1)..]);
        if (kind is null)
        {
            problems.Add($"--fault: expected one of {string.Join(", ", FaultKinds.Names)} behind '=', found '{text[(equals + 1)..]}'");
        }

        if (!DemoStacks.Names.Contains(stack))
        {
            problems.Add($"--fault: expected one of the stacks {string.Join(", ", DemoStacks.Names)}, found '{stack}'");
        }
        else if (!DemoStacks.RegionsOf(stack).Contains(region))
        {
            problems.Add($"--fault: expected one of {stack}'s regions {string.Join(", ", DemoStacks.RegionsOf(stack))}, found '{region}'");
        }
        else if (kind is not null)
        {
            return new(stack, region, kind.Value);
        }

        return null;
    }
}
