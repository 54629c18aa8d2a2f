using System.CommandLine;
using Orchestrator.Core.Releases;
using Orchestrator.Local.Demo;
using Orchestrator.Sandbox.Faults;

namespace Orchestrator.Local.Commands;

/// <summary><c>demo</c>: one release to both stacks on this machine, watched.</summary>
internal static class DemoCommand
{
    private static readonly Uri Usual = new("http://127.0.0.1:7071");

    public static Command Create()
    {
        var fault = new Option<string[]>("--fault")
        {
            Description = $"What goes wrong, as STACK/REGION=KIND; kinds: {string.Join(", ", FaultKinds.Names)}. May be given more than once.",
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
        var stay = new Option<bool>("--stay") { Description = "Keeps everything up afterwards and prints where to look." };
        var release = new Option<FileInfo?>("--release") { Description = "Your own release.json instead of the demo's." };
        var models = new Option<string[]>("--models")
        {
            Description = $"Which models the demo's release brings, as KIND or STACK=KIND; kinds: {string.Join(", ", DemoModelChoice.Names)}. May be given more than once.",
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
        var url = AddressOption.Create("--url", "Where the function app listens.", Usual);
        var command = new Command("demo", "Rolls one release out to both stacks in the sandbox, and shows it.") { fault, models, stay, release, url };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(fault)!, parsed.GetValue(models)!, parsed.GetValue(stay), parsed.GetValue(release), parsed.GetValue(url)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] faults, string[] models, bool stay, FileInfo? file, Uri url, CancellationToken cancellation)
    {
        try
        {
            var problems = new List<string>();
            var planned = faults.Select(fault => DemoFault.Parse(fault, problems)).OfType<DemoFault>().ToArray();
            var brought = DemoModelChoice.Parse(models, problems);
            if (file is not null && models.Length > 0)
            {
                problems.Add("--models: expected it without --release, whose manifest says which models it brings; found both");
            }

            var manifest = ReadManifest(file, brought, problems);
            if (manifest is null || problems.Count > 0)
            {
                problems.ForEach(Console.Error.WriteLine);
                return ExitCodes.BadArguments;
            }

            return await DemoRun.RunAsync(new(manifest, planned, stay, url) { Corrupt = [.. brought.Where(one => one.Value == DemoModelKind.Corrupt).Select(one => one.Key)] }, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted before the release had reached its end.");
            return ExitCodes.Interrupted;
        }
        catch (InvalidOperationException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCodes.Broken;
        }
    }

    private static string? ReadManifest(FileInfo? file, IReadOnlyDictionary<string, DemoModelKind> models, List<string> problems)
    {
        if (file is null)
        {
            return DemoReleases.Manifest(DemoReleases.NextVersion, models);
        }

        try
        {
            var text = File.ReadAllText(file.FullName);
            var parsed = ReleaseManifestParser.Parse(text);
            problems.AddRange(parsed.Problems.Select(problem => $"{file.Name} {problem}"));
            problems.AddRange(parsed.Value?.Stacks.Keys.Where(stack => !DemoStacks.Names.Contains(stack.Value)).Select(stack =>
                $"{file.Name} $.stacks.{stack}: expected one of the demo's stacks {string.Join(", ", DemoStacks.Names)}, found '{stack}'") ?? []);
            return text;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add($"--release: expected a file that can be read, found '{file}': {unreadable.Message}");
            return null;
        }
    }
}
