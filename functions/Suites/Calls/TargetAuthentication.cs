using System.ClientModel.Primitives;

namespace Orchestrator.Functions.Suites.Calls;

/// <summary>Puts a target's token and headers on each request.</summary>
internal sealed class TargetAuthentication(ModelTarget target) : AuthenticationPolicy
{
    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        foreach (var (name, value) in target.Headers)
        {
            message.Request.Headers.Set(name, value);
        }

        if (target.Token is not null)
        {
            message.Request.Headers.Set("Authorization", $"Bearer {await target.Token(message.CancellationToken)}");
        }

        await ProcessNextAsync(message, pipeline, currentIndex);
    }

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("Tokens are got asynchronously.");
}
