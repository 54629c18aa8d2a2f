using Microsoft.Azure.Functions.Worker.Builder;

namespace StandIns.Tests.StandInsOnly;

public sealed class RefusalTests
{
    [Fact]
    public void A_worker_made_of_stand_ins_does_not_start_and_says_what_to_do()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();

        var refusal = Should.Throw<InvalidOperationException>(() => builder.Build());

        refusal.Message.ShouldContain("stand-ins");
        refusal.Message.ShouldContain("standins/README.md");
        refusal.Message.ShouldContain("dotnet run --project local -- serve");
    }
}
