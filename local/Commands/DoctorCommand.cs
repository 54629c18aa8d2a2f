using System.CommandLine;
using Orchestrator.Local.Doctor;

namespace Orchestrator.Local.Commands;

/// <summary><c>doctor</c>: whether each stack's configuration can be built, and whether its cloud has what it needs.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var cloud = new Option<bool>("--cloud") { Description = "Asks each stack's cloud for its types, API versions, regions, plans, models and machines. Nothing is changed." };
        var stacks = new Option<string[]>("--stack") { Description = "Only this stack; may be given more than once." };
        var folder = new Option<DirectoryInfo>("--folder") { Description = "Where Pulumi.STACK.yaml are: ./infra or, if that is not there, this folder.", DefaultValueFactory = _ => new(Directory.Exists("infra") ? "infra" : ".") };
        var topology = new Option<FileInfo?>("--topology") { Description = "Asks as the function app would: with this topology and the settings of docs/configuration.md. Without it, as whoever is signed in here: Azure CLI, environment and so on." };
        var command = new Command("doctor", "Checks the stacks' configurations and, with --cloud, that their clouds have what they need.") { cloud, stacks, folder, topology };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(folder)!.FullName, parsed.GetValue(stacks) ?? [], parsed.GetValue(cloud), parsed.GetValue(topology), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string[] names, bool askClouds, FileInfo? topology, CancellationToken cancellation)
    {
        var files = StackFile.ReadAll(folder);
        var unknown = names.Except(files.Select(file => file.Stack)).ToArray();
        if (files.Count == 0 || unknown.Length > 0)
        {
            await Console.Error.WriteLineAsync(files.Count == 0
                ? $"Expected Pulumi.STACK.yaml in '{folder}', found none. Say where with --folder."
                : $"Expected one of the stacks {string.Join(", ", files.Select(file => file.Stack))}, found '{string.Join("', '", unknown)}'.");
            return ExitCodes.BadArguments;
        }

        var settings = askClouds && topology is not null ? StackConnector.Settings(topology) : null;
        if (settings is { IsValid: false })
        {
            foreach (var problem in settings.Problems)
            {
                await Console.Error.WriteLineAsync(problem.ToString());
            }

            return ExitCodes.BadArguments;
        }

        var doctor = new StackDoctor(folder, askClouds ? new(settings?.Value) : null);
        var worst = ExitCodes.Success;
        foreach (var file in files.Where(file => names.Length == 0 || names.Contains(file.Stack)))
        {
            worst = Math.Max(worst, await doctor.ExamineAsync(file, cancellation));
        }

        return worst;
    }
}
