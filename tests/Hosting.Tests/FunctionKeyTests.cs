using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Hosting.Tests;

public sealed class FunctionKeyTests
{
    [Theory]
    [InlineData("function")]
    [InlineData("admin")]
    public async Task Without_the_key_a_function_is_401_with_an_empty_body(string route)
    {
        await using var app = await new HostOf(typeof(Guarded)).StartAsync();

        var answer = await app.Http.GetAsync($"/api/{route}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(string.Empty);
    }

    [Fact]
    public async Task The_key_opens_as_header_and_as_query()
    {
        await using var app = await new HostOf(typeof(Guarded)).StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/function");
        request.Headers.Add("x-functions-key", app.Host.FunctionKey);

        (await app.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Http.GetAsync($"/api/admin?code={app.Host.FunctionKey}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task A_wrong_key_does_not_open(string key)
    {
        await using var app = await new HostOf(typeof(Guarded)).StartAsync();

        (await app.Http.GetAsync($"/api/function?code={key}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Http.GetAsync($"/api/function?code={app.Host.FunctionKey}x")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_anonymous_function_asks_for_none()
    {
        await using var app = await new HostOf(typeof(Guarded)).StartAsync();

        (await app.Http.GetAsync("/api/anonymous")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_key_is_kept_over_restarts_for_its_owner_alone()
    {
        await using var app = await new HostOf(typeof(Guarded)).StartAsync();
        var key = app.Host.FunctionKey;
        await app.StopAsync();
        await app.StartAsync();

        app.Host.FunctionKey.ShouldBe(key);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(app.DataFolder, "function.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task An_empty_key_file_is_refused_for_an_empty_key_would_open_to_all()
    {
        await using var app = new HostOf(typeof(Guarded));
        Directory.CreateDirectory(app.DataFolder);
        await File.WriteAllTextAsync(Path.Combine(app.DataFolder, "function.key"), string.Empty);

        (await Should.ThrowAsync<InvalidOperationException>(app.StartAsync)).Message.ShouldContain("function.key");
    }

    public sealed class Guarded
    {
        [Function(nameof(ByFunctionKey))]
        public IResult ByFunctionKey([HttpTrigger(AuthorizationLevel.Function, "get", Route = "function")] HttpRequest request) => Results.Ok();

        [Function(nameof(ByAdminKey))]
        public IResult ByAdminKey([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "admin")] HttpRequest request) => Results.Ok();

        [Function(nameof(Open))]
        public IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "anonymous")] HttpRequest request) => Results.Ok();
    }
}
