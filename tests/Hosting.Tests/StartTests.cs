using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine;
using Orchestrator.Local.Hosting;

namespace Hosting.Tests;

public sealed class StartTests
{
    [Theory]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "v1/things" } } }""", "/v1/things/ping")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } }""", "/ping")]
    [InlineData("""{ /* as the Functions host reads it */ "version": "2.0", }""", "/api/ping")]
    public async Task The_route_prefix_is_host_jsons(string hostJson, string path)
    {
        await using var app = await new HostOf(typeof(Ping)) { HostJson = hostJson }.StartAsync();

        (await app.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Log_levels_are_host_jsons()
    {
        await using var app = await new HostOf(typeof(Ping))
        {
            HostJson = """{ "logging": { "logLevel": { "default": "Warning", "Chatty": "Debug", "Quiet": "None" } } }""",
        }.StartAsync();

        await app.Http.GetAsync("/api/ping");

        app.Log.Lines.Where(line => line.Contains(": pinged")).ShouldBe(["Debug Chatty.Ping: pinged", "Warning Chatty.Ping: pinged", "Warning Other: pinged"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{ "logging": { "logLevel": { "default": "Loud" } } }""")]
    [InlineData("""{ "logging": { "logLevel": { "default": null } } }""")]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 0 } } }""")]
    public async Task A_host_json_that_cannot_be_read_is_refused_by_its_path(string hostJson)
    {
        await using var app = new HostOf(typeof(Ping)) { HostJson = hostJson };

        (await Should.ThrowAsync<InvalidOperationException>(app.StartAsync)).Message.ShouldContain("host.json");
    }

    [Fact]
    public async Task An_address_in_use_is_refused_and_the_folder_let_go()
    {
        await using var first = await new HostOf(typeof(Ping)).StartAsync();
        await using var second = new HostOf(typeof(Ping)) { Url = first.Host.Address };

        (await Should.ThrowAsync<InvalidOperationException>(second.StartAsync)).Message.ShouldContain(first.Host.Address.ToString());
        second.Log.Lines.ShouldBeEmpty();

        await first.StopAsync();
        await second.StartAsync();
        (await second.Http.GetAsync("/api/ping")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_data_folder_in_use_is_refused()
    {
        await using var first = await new HostOf(typeof(Ping)).StartAsync();
        var options = new EmbeddedHostOptions
        {
            Assemblies = [],
            Configure = _ => true,
            DataFolder = first.DataFolder,
            HostJson = Path.Combine(Path.GetDirectoryName(first.DataFolder)!, "host.json"),
            Url = new("http://127.0.0.1:0"),
            LeastLogLevel = LogLevel.None,
        };

        await Should.ThrowAsync<EngineFolderInUseException>(() => EmbeddedHost.StartAsync(options));
    }

    [Fact]
    public async Task An_app_that_refuses_is_not_started_and_holds_nothing()
    {
        await using var app = await new HostOf(typeof(Ping)) { Accepts = false }.StartAsync();

        app.HasStarted.ShouldBeFalse();
        Directory.Exists(app.DataFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_listens_on_loopback_and_stops_when_it_is_told_twice()
    {
        await using var app = await new HostOf(typeof(Ping)).StartAsync();
        var host = app.Host;

        host.Address.Host.ShouldBe("127.0.0.1");
        await host.DisposeAsync();
        await host.DisposeAsync();
        await Should.ThrowAsync<HttpRequestException>(() => app.Http.GetAsync("/api/ping"));
    }

    public sealed class Ping
    {
        [Function(nameof(Ping))]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ping")] HttpRequest request, FunctionContext context)
        {
            foreach (var category in (string[])["Chatty.Ping", "Quiet.Ping", "Other"])
            {
                var logger = context.GetLogger(category);
                logger.Log(LogLevel.Debug, default, "pinged", null, (text, _) => text);
                logger.Log(LogLevel.Warning, default, "pinged", null, (text, _) => text);
            }

            return Results.Ok();
        }
    }
}
