using System.Globalization;
using Orchestrator.Functions.Azure;
using Orchestrator.Infra;
using Orchestrator.Infra.Configuration;
using Orchestrator.Local.Commands;
using Orchestrator.Local.Provisioning;
using Pulumi;

namespace Orchestrator.Local.Doctor;

/// <summary>Looks at one stack after another and says what it finds.</summary>
/// <param name="folder">Where the configurations are.</param>
/// <param name="clouds">The way to the clouds; null when they are not to be asked.</param>
internal sealed class StackDoctor(string folder, StackConnector? clouds)
{
    /// <summary>Looks at a stack, prints what it finds, and returns the exit code that it alone would give.</summary>
    public async Task<int> ExamineAsync(StackFile file, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{file.Stack}");
        if (file.Problem is not null)
        {
            return Say(ExitCodes.BadArguments, "configuration", file.Problem);
        }

        var recorder = new NeedsRecorder();
        try
        {
            await ProgramRunner.RunAsync(file.Stack, file.Json!, folder, recorder, isPreview: true, cancellationToken);
        }
        catch (RunException refused)
        {
            return Say(ExitCodes.BadArguments, "configuration", refused.Message.Split('\n')[1..]);
        }

        Say(ExitCodes.Success, "configuration", []);
        foreach (var warning in StackProgram.Review(file.Json!, SiblingConfigurations.Read(folder, file.Stack), TimeProvider.System).Warnings)
        {
            Console.WriteLine($"  !!  {warning}");
        }

        return clouds is null ? ExitCodes.Success : await AskAsync(file, recorder.Needs, cancellationToken);
    }

    private async Task<int> AskAsync(StackFile file, IReadOnlyList<ResourceNeed> needs, CancellationToken cancellationToken)
    {
        var stack = file.Configuration!;
        using var connection = clouds!.Connect(stack);
        if (connection is null)
        {
            return Say(ExitCodes.BadArguments, "cloud", $"expected the topology to have stack {stack.Name}, found none of that name");
        }

        try
        {
            var worst = ExitCodes.Success;
            foreach (var answer in (await new CloudCheck(stack, needs, new(connection)).RunAsync(cancellationToken)).Where(answer => answer.Asked > 0))
            {
                worst = Math.Max(worst, Say(answer.Lacking.Count == 0 ? ExitCodes.Success : ExitCodes.Lacking, $"{answer.What} ({answer.Asked.ToString(CultureInfo.InvariantCulture)})", [.. answer.Lacking]));
            }

            return worst;
        }
        catch (Exception failure) when (failure is StackRefusedException or StackUnavailableException)
        {
            return Say(ExitCodes.Broken, "cloud", failure.Message);
        }
    }

    private static int Say(int code, string what, params string[] problems)
    {
        Console.WriteLine($"  {(problems.Length == 0 ? "ok" : "--")}  {what}");
        foreach (var problem in problems)
        {
            Console.WriteLine($"        {problem.Trim()}");
        }

        return code;
    }
}
