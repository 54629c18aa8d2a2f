using System.CommandLine;
using Orchestrator.Core.Suites;
using Orchestrator.Functions.Suites;
using Orchestrator.Functions.Suites.Code;
using Orchestrator.Local.Suites;

namespace Orchestrator.Local.Commands;

/// <summary><c>suite</c>: verification suites, run against any model or only checked.</summary>
internal static class SuiteCommand
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    public static Command Create() => new("suite", "Verification suites: questions for a model, and how its answers are graded.") { Run(), Check() };

    private static Command Run()
    {
        var file = new Argument<FileInfo?>("file") { Description = "The suite; without it, the one that comes with the program.", Arity = ArgumentArity.ZeroOrOne };
        var endpoint = AddressOption.Create("--endpoint", "Where the OpenAI-compatible API begins, such as http://127.0.0.1:8000/v1/.");
        endpoint.Required = true;
        var model = new Option<string>("--model") { Description = "What requests name the model by: a deployment's name, or a served model's.", Required = true };
        var key = new Option<string?>("--key-setting") { Description = "The environment variable that holds the API's key; without it none is sent." };
        var isShort = new Option<bool>("--short") { Description = "Only the cases of the short suite." };
        var parallel = new Option<int>("--parallel") { Description = "How many requests are under way at once.", DefaultValueFactory = _ => GatePolicy.Default.Parallel };
        parallel.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is var found && found is < 1 or > 256)
            {
                given.AddError($"--parallel: expected a number from 1 to 256, found {found}");
            }
        });
        var cases = new Option<string[]>("--case") { Description = "Only the case with this id; may be given more than once." };
        var json = new Option<FileInfo?>("--json") { Description = "Writes scores and evidence to this file too. The evidence has what the model answered." };
        var command = new Command("run", "Asks a model what a suite asks, and grades its answers. Judges are models at the same address.") { file, endpoint, model, key, isShort, parallel, cases, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            new(parsed.GetValue(file), parsed.GetValue(isShort), parsed.GetValue(cases) ?? []),
            new(parsed.GetValue(endpoint)!, parsed.GetValue(model)!, parsed.GetValue(key)),
            parsed.GetValue(parallel),
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<FileInfo>("file") { Description = "The suite." };
        var command = new Command("check", "Says everything that is wrong with a suite's file. Nothing is asked.") { file };
        command.SetAction(async (parsed, _) =>
        {
            if (await new SuiteChoice(parsed.GetValue(file), false, []).OpenAsync() is not { } suite)
            {
                return ExitCodes.BadArguments;
            }

            Console.WriteLine($"{suite.Name} {suite.Version}: {suite.Cases.Count} cases, {suite.Short().Cases.Count} of them in the short suite, {suite.Cases.Count(one => one.Quarantined is not null)} quarantined; SHA-256 {suite.Digest}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<int> RunAsync(SuiteChoice choice, ModelAddress address, int parallel, FileInfo? json, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectLimit }) { Timeout = Timeout.InfiniteTimeSpan };
        if (await choice.OpenAsync() is not { } suite || address.Open(http) is not { } target || !SuiteReport.MayWrite(json))
        {
            return ExitCodes.BadArguments;
        }

        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            var options = new SuiteRunOptions(parallel, name => target with { Model = name });
            var run = await new SuiteRunner(TimeProvider.System, CodeSandbox.Run).RunAsync(suite, target, options, cancellation);
            SuiteReport.Print(suite, run, TimeProvider.System.GetElapsedTime(begun));
            if (json is not null)
            {
                await SuiteReport.WriteAsync(json, run, cancellation);
            }

            return run.Scores.Counting().All(score => score.Passed == score.Tries + score.Errors) ? ExitCodes.Success : ExitCodes.Broken;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }
}
