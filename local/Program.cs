using System.CommandLine;
using Orchestrator.Local.Commands;

var root = new RootCommand("Takes one GitHub release to both stacks, separately and verified.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    SandboxCommand.Create(),
    DoctorCommand.Create(),
    PlanCommand.Create(),
    RolloutsCommand.Create(),
    KeysCommand.Create(),
    SuiteCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    Console.Error.WriteLine($"See: orchestrator {parsed.CommandResult.Command.Name} --help");
    return ExitCodes.BadArguments;
}

return await parsed.InvokeAsync();
