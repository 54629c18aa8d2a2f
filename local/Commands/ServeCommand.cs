using System.CommandLine;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Local.Commands;

/// <summary><c>serve</c>: the function app on this machine, against real clouds and the real GitHub.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var topology = new Option<FileInfo?>("--topology") { Description = "The topology's JSON file. Without it the setting Orchestrator__Topology or Orchestrator__TopologyFile is read." };
        var data = new Option<DirectoryInfo>("--data") { Description = "Where state is kept.", DefaultValueFactory = _ => new(".orchestrator") };
        var url = AddressOption.Create("--url", "Where to listen.", new("http://127.0.0.1:7071"));
        var command = new Command("serve", "Runs the orchestrator against real clouds and the real GitHub, with settings from the environment (docs/configuration.md).") { topology, data, url };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(topology), parsed.GetValue(data)!, parsed.GetValue(url)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? topology, DirectoryInfo data, Uri url, CancellationToken cancellation)
    {
        var settings = new Dictionary<string, string?>();
        if (topology is not null)
        {
            settings[SettingNames.TopologyFile] = topology.FullName;
        }

        try
        {
            await using var host = await FunctionApp.StartAsync(data.FullName, url, settings, leastLogLevel: null, cancellation);
            if (host is null)
            {
                return ExitCodes.BadArguments;
            }

            Console.WriteLine($"Serving on {host.Address}. Health: {new Uri(host.Address, "api/health/ready")}. Ctrl-C stops.");
            await host.WaitForShutdownAsync(cancellation);
            return ExitCodes.Success;
        }
        catch (InvalidOperationException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return ExitCodes.Broken;
        }
    }
}
