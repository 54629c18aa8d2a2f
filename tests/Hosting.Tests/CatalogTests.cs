using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Hosting.Tests;

public sealed class CatalogTests
{
    [Fact]
    public async Task Everything_that_cannot_be_hosted_is_listed_at_once()
    {
        await using var app = new HostOf(typeof(Bad), typeof(Twin), typeof(Hidden));

        var refusal = await Should.ThrowAsync<InvalidOperationException>(app.StartAsync);

        refusal.Message.Split('\n').Skip(1).Select(line => line.Trim()).ShouldBe(
            [
                "NoTrigger: expected one trigger (HTTP, timer, orchestration or activity), found 0",
                "TwoTriggers: expected one trigger (HTTP, timer, orchestration or activity), found 2",
                $"Concealed: expected a public method of a public class, found {typeof(Hidden).FullName}.Concealed",
                "OtherInput: expected a parameter that can be bound, found String context",
                "OtherRequest: expected a parameter that can be bound, found String request",
                "OtherResult: expected no result, an IResult or an IActionResult, found String",
                "Unbound: expected a parameter that can be bound, found String stack",
                $"Twice: expected one function of that name, found {typeof(Bad).FullName}.Twice and {typeof(Twin).FullName}.Twice",
                $"Same: expected one activity of that name, found {typeof(Bad).FullName}.OneActivity and {typeof(Twin).FullName}.OtherActivity",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_malformed_route_is_refused()
    {
        await using var app = new HostOf(typeof(Malformed));

        (await Should.ThrowAsync<InvalidOperationException>(app.StartAsync)).Message.ShouldContain("Malformed: expected a route template, found 'a/{b'");
    }

    public sealed class Bad
    {
        [Function(nameof(NoTrigger))]
        public void NoTrigger(string text)
        {
        }

        [Function(nameof(TwoTriggers))]
        public void TwoTriggers([HttpTrigger] HttpRequest request, [TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
        }

        [Function(nameof(OtherRequest))]
        public void OtherRequest([HttpTrigger] string request)
        {
        }

        [Function(nameof(OtherResult))]
        public string OtherResult([HttpTrigger] HttpRequest request) => string.Empty;

        [Function(nameof(Unbound))]
        public void Unbound([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "of/{stackName}")] HttpRequest request, string stack)
        {
        }

        [Function(nameof(OtherInput))]
        public Task OtherInput([OrchestrationTrigger] string context) => Task.CompletedTask;

        [Function(nameof(Twice))]
        public void Twice([HttpTrigger] HttpRequest request)
        {
        }

        [Function(nameof(OneActivity))]
        public void OneActivity([ActivityTrigger(Activity = "Same")] string text)
        {
        }
    }

    public sealed class Twin
    {
        [Function("twice")]
        public static Task Twice([OrchestrationTrigger] TaskOrchestrationContext context) => Task.CompletedTask;

        [Function(nameof(OtherActivity))]
        public void OtherActivity([ActivityTrigger(Activity = "same")] string text)
        {
        }
    }

    public sealed class Malformed
    {
        [Function(nameof(Malformed))]
        public void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{b")] HttpRequest request)
        {
        }
    }

    private sealed class Hidden
    {
        [Function(nameof(Concealed))]
        public void Concealed([HttpTrigger] HttpRequest request)
        {
        }
    }
}
