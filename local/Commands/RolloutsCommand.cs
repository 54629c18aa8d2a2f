using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Functions.Rollouts;

namespace Orchestrator.Local.Commands;

/// <summary><c>rollouts</c>: what is under way, and people's decisions about it.</summary>
internal static class RolloutsCommand
{
    private static readonly (string Word, string What)[] Decisions =
    [
        ("pause", "Begins nothing more, and stands still in each region at its next step."),
        ("resume", "Goes on after a pause."),
        ("promote", "Gives the regions that await it all traffic."),
        ("skipBake", "Ends the bake that is under way. Needs --why."),
        ("overrideFreeze", "Has it go on although its environment is frozen. Needs --why."),
        ("rollBack", "Stops the rollout and takes back all that it has changed; the environment then waits for a person."),
        ("approve", "Approves a plan, named by --plan."),
        ("reject", "Rejects a plan, named by --plan."),
        ("retry", "Tries the regions again that do not run the release, once the rollout has ended."),
        ("verify", "Verifies what runs in the rollout's regions, once it has ended."),
    ];

    public static Command Create()
    {
        var url = RemoteOrchestrator.Url();
        url.Recursive = true;
        var data = RemoteOrchestrator.Data();
        var command = new Command("rollouts", "Shows rollouts, and takes decisions about them.") { url, data };
        var list = new Command("list", "Shows the latest rollouts.");
        list.SetAction((parsed, _) => WithAsync(parsed, url, data, ListAsync));
        command.Add(list);
        foreach (var (word, what) in Decisions)
        {
            command.Add(Decision(word, what, url, data));
        }

        return command;
    }

    private static Command Decision(string word, string what, Option<Uri> url, Option<DirectoryInfo> data)
    {
        var id = new Argument<string>("id") { Description = "The rollout's id." };
        var why = new Option<string?>("--why") { Description = "Why, for the record." };
        var plan = new Option<string?>("--plan") { Description = "The digest of the plan that is meant." };
        var notBefore = new Option<DateTimeOffset?>("--not-before") { Description = "Before when an approved rollout is not to begin, such as 2026-12-01T08:00+08:00." };
        var command = new Command(word, what) { id, why };
        if (word is "approve" or "reject")
        {
            command.Add(plan);
            command.Add(notBefore);
        }

        command.SetAction((parsed, _) => WithAsync(parsed, url, data, orchestrator =>
        {
            var isPlan = word is "approve" or "reject";
            var body = new JsonObject { ["why"] = parsed.GetValue(why) };
            if (isPlan)
            {
                body["plan"] = parsed.GetValue(plan);
                body["notBefore"] = parsed.GetValue(notBefore)?.ToString("O", CultureInfo.InvariantCulture);
            }

            return DecideAsync(orchestrator, parsed.GetValue(id)!, word, body);
        }));
        return command;
    }

    private static async Task<int> WithAsync(ParseResult parsed, Option<Uri> url, Option<DirectoryInfo> data, Func<RemoteOrchestrator, Task<int>> act)
    {
        using var orchestrator = await RemoteOrchestrator.OpenAsync(parsed.GetValue(url)!, parsed.GetValue(data)!);
        return orchestrator is null ? ExitCodes.BadArguments : await act(orchestrator);
    }

    private static async Task<int> ListAsync(RemoteOrchestrator orchestrator)
    {
        var (exit, list) = await orchestrator.GetAsync<RolloutListBody>("rollouts");
        foreach (var rollout in list?.Rollouts ?? [])
        {
            Console.WriteLine($"{rollout.Tag,-12} {$"{rollout.Stack}/{rollout.Environment}",-28} {rollout.Phase,-11} {rollout.Id}{(rollout.Reason is null ? string.Empty : $"\n             {rollout.Reason}")}");
        }

        return exit;
    }

    private static async Task<int> DecideAsync(RemoteOrchestrator orchestrator, string id, string word, JsonObject body)
    {
        var (exit, told) = await orchestrator.PostAsync<ToldBody>($"rollouts/{Uri.EscapeDataString(id)}/{word}", body);
        foreach (var line in told?.Regions ?? [])
        {
            Console.WriteLine(line);
        }

        return exit;
    }

    private sealed record RolloutListBody(IReadOnlyList<RolloutSummary> Rollouts);

    private sealed record ToldBody(IReadOnlyList<string> Regions);
}
