using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Hosting.Tests;

public sealed class HttpResultTests
{
    [Theory]
    [InlineData("result", 202, "")]
    [InlineData("action", 200, """{"value":1}""")]
    [InlineData("task-of-result", 418, "")]
    [InlineData("value-task-of-action", 404, "")]
    [InlineData("value-task", 200, "written")]
    [InlineData("task", 200, "written")]
    [InlineData("nothing", 200, "")]
    public async Task Every_way_to_answer_is_honoured(string route, int status, string body)
    {
        await using var app = await new HostOf(typeof(Answers)).StartAsync();

        var answer = await app.Http.GetAsync($"/api/{route}");

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("throws-later")]
    [InlineData("answer-throws")]
    public async Task An_exception_is_a_500_that_tells_the_log_and_not_the_caller(string route)
    {
        await using var app = await new HostOf(typeof(Answers)).StartAsync();

        var answer = await app.Http.GetAsync($"/api/{route}");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.Contains("x-half-done").ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync()).ShouldBe(string.Empty);
        app.Log.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.EndsWith("secret detail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bad_request_keeps_its_status()
    {
        await using var app = await new HostOf(typeof(Answers)).StartAsync();

        (await app.Http.GetAsync("/api/too-large")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    public sealed class Answers
    {
        [Function(nameof(Result))]
        public IResult Result([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "result")] HttpRequest request) => Results.Accepted();

        [Function(nameof(Action))]
        public IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "action")] HttpRequest request) => new OkObjectResult(new { value = 1 });

        [Function(nameof(TaskOfResult))]
        public async Task<IResult> TaskOfResult([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "task-of-result")] HttpRequest request)
        {
            await Task.Yield();
            return Results.StatusCode(418);
        }

        [Function(nameof(ValueTaskOfAction))]
        public ValueTask<IActionResult> ValueTaskOfAction([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "value-task-of-action")] HttpRequest request) =>
            new(new NotFoundResult());

        [Function(nameof(ValueTaskAsync))]
        public async ValueTask ValueTaskAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "value-task")] HttpRequest request) =>
            await request.HttpContext.Response.WriteAsync("written");

        [Function(nameof(TaskAsync))]
        public Task TaskAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "task")] HttpRequest request) =>
            request.HttpContext.Response.WriteAsync("written");

        [Function(nameof(Nothing))]
        public void Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "nothing")] HttpRequest request)
        {
        }

        [Function(nameof(Throws))]
        public IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["x-half-done"] = "yes";
            throw new InvalidOperationException("secret detail");
        }

        [Function(nameof(ThrowsLater))]
        public async Task<IResult> ThrowsLater([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws-later")] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException("secret detail");
        }

        [Function(nameof(AnswerThrows))]
        public IResult AnswerThrows([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "answer-throws")] HttpRequest request) => new BrokenResult();

        [Function(nameof(TooLarge))]
        public IResult TooLarge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "too-large")] HttpRequest request) =>
            throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
    }

    private sealed class BrokenResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidOperationException("secret detail");
    }
}
