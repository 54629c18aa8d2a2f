using System.CommandLine;
using Orchestrator.Local.Hosting;

namespace Orchestrator.Local.Commands;

/// <summary><c>keys</c>: who may call an orchestrator that runs on a machine, each with a key of their own.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Where the orchestrator keeps its state.", DefaultValueFactory = _ => new(".orchestrator"), Recursive = true };
        var name = new Argument<string>("name") { Description = "Whose key it is: decisions are recorded under this name." };
        var add = new Command("add", "Makes a key for somebody and shows it, once.") { name };
        add.SetAction((parsed, _) => AddAsync(new(parsed.GetValue(data)!.FullName), parsed.GetValue(name)!));
        var remove = new Command("remove", "Takes somebody's key away.") { name };
        remove.SetAction((parsed, _) => RemoveAsync(new(parsed.GetValue(data)!.FullName), parsed.GetValue(name)!));
        var list = new Command("list", "Shows who has a key.");
        list.SetAction(parsed => new NamedKeys(parsed.GetValue(data)!.FullName).Owners.ToList().ForEach(Console.WriteLine));
        return new Command("keys", "Keys that belong to somebody, so that decisions have an author.") { data, add, remove, list };
    }

    private static async Task<int> AddAsync(NamedKeys keys, string name)
    {
        if (NamedKeys.Refusal(name) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ExitCodes.BadArguments;
        }

        Console.WriteLine(keys.Add(name));
        return ExitCodes.Success;
    }

    private static async Task<int> RemoveAsync(NamedKeys keys, string name)
    {
        if (keys.Remove(name))
        {
            return ExitCodes.Success;
        }

        await Console.Error.WriteLineAsync($"Expected one of {(keys.Owners.Count == 0 ? "nobody: there are no keys" : string.Join(", ", keys.Owners))}, found '{name}'.");
        return ExitCodes.BadArguments;
    }
}
