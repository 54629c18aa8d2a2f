using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Tests;

public sealed class HttpBindingTests
{
    [Fact]
    public async Task Route_values_fill_parameters_of_the_same_name()
    {
        await using var app = await new HostOf(typeof(Things)).StartAsync();
        var id = Guid.NewGuid();

        (await app.Http.GetStringAsync($"/api/things/blue/7/{id}")).ShouldBe($"blue 7 {id}");
    }

    [Fact]
    public async Task A_literal_route_wins_over_one_with_parameters()
    {
        await using var app = await new HostOf(typeof(Things)).StartAsync();

        (await app.Http.GetStringAsync("/api/things/known")).ShouldBe("the known one");
        (await app.Http.GetStringAsync("/api/things/other")).ShouldBe("some other");
    }

    [Fact]
    public async Task A_function_without_a_route_is_found_by_its_name_and_by_any_method()
    {
        await using var app = await new HostOf(typeof(Things)).StartAsync();

        (await app.Http.PutAsync("/api/WithoutRoute", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Http.DeleteAsync("/api/withoutroute")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Another_method_than_the_functions_does_not_reach_it()
    {
        await using var app = await new HostOf(typeof(Things)).StartAsync();

        (await app.Http.PostAsync("/api/things/known", null)).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task The_body_reaches_the_function_through_the_request()
    {
        await using var app = await new HostOf(typeof(Things)).StartAsync();

        var answer = await app.Http.PostAsync("/api/echo", new StringContent("hello"));

        (await answer.Content.ReadAsStringAsync()).ShouldBe("hello");
    }

    [Fact]
    public async Task An_invocation_knows_its_function_its_request_and_its_services()
    {
        await using var app = await new HostOf(typeof(Things)) { Register = services => services.AddScoped<Visit>() }.StartAsync();

        var seen = await app.Http.GetFromJsonAsync<Seen>("/api/context/north");

        seen.ShouldBe(new Seen("Context", $"{typeof(Things).FullName}.{nameof(Things.Context)}", "north", "/api/context/north", true, true, false));
    }

    [Fact]
    public async Task The_durable_client_is_the_engines()
    {
        await using var app = await new HostOf(typeof(Things)).StartAsync();

        (await app.Http.GetStringAsync("/api/client")).ShouldBe(app.Host.Client.Name);
    }

    [Fact]
    public async Task A_class_is_made_for_each_invocation_and_disposed_after_it()
    {
        var disposals = new Disposals();
        await using var app = await new HostOf(typeof(Disposable)) { Register = services => services.AddSingleton(disposals) }.StartAsync();

        (await app.Http.GetStringAsync("/api/disposable")).ShouldBe("0");
        (await app.Http.GetStringAsync("/api/disposable")).ShouldBe("1");
    }

    public sealed record Seen(string Name, string EntryPoint, string? Region, string Path, bool SameRequest, bool SameScope, bool Cancelled);

    public sealed class Visit;

    public sealed class Disposals
    {
        public int Count { get; set; }
    }

    public sealed class Disposable(Disposals disposals) : IDisposable
    {
        public void Dispose() => disposals.Count++;

        [Function(nameof(Disposable))]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text($"{disposals.Count}");
    }

    public sealed class Things
    {
        [Function(nameof(Parameters))]
        public IResult Parameters(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{colour}/{number:int}/{id}")] HttpRequest request,
            string colour,
            int number,
            Guid id) => Results.Text($"{colour} {number} {id}");

        [Function(nameof(Known))]
        public IResult Known([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/known")] HttpRequest request) => Results.Text("the known one");

        [Function(nameof(Some))]
        public IResult Some([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{name}")] HttpRequest request, string name) =>
            Results.Text($"some {name}");

        [Function(nameof(WithoutRoute))]
        public IActionResult WithoutRoute([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new NoContentResult();

        [Function(nameof(EchoAsync))]
        public async Task<IResult> EchoAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request, CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(request.Body);
            return Results.Text(await reader.ReadToEndAsync(cancellationToken));
        }

        [Function(nameof(Context))]
        public IResult Context(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "context/{region}")] HttpRequest request,
            FunctionContext context,
            CancellationToken cancellationToken) => Results.Json(new Seen(
            context.FunctionDefinition.Name,
            context.FunctionDefinition.EntryPoint,
            context.BindingContext.BindingData["region"] as string,
            request.Path,
            ReferenceEquals(context.GetHttpContext()!.Request, request),
            ReferenceEquals(context.InstanceServices.GetRequiredService<Visit>(), request.HttpContext.RequestServices.GetRequiredService<Visit>()),
            cancellationToken.IsCancellationRequested));

        [Function(nameof(Client))]
        public IResult Client([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "client")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
            Results.Text(client.Name);
    }
}
