using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Sandbox.Tests;

public sealed class CertificateTests
{
    [Fact]
    public async Task A_host_is_certified_for_as_long_as_its_authority_lives_however_late_somebody_asks_for_it()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var authority = X509Certificate2.CreateFromPem(sandbox.Host.CertificateAuthorityPem);
        using var client = new TcpClient("127.0.0.1", sandbox.Public.ArmEndpoint.Port);
        await using var secured = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, errors) => errors == SslPolicyErrors.RemoteCertificateChainErrors);

        await secured.AuthenticateAsClientAsync("late.apps.azure-public.localhost");

        using var leaf = new X509Certificate2(secured.RemoteCertificate.ShouldNotBeNull());
        (leaf.NotBefore, leaf.NotAfter).ShouldBe((authority.NotBefore, authority.NotAfter));
        leaf.MatchesHostname("late.apps.azure-public.localhost").ShouldBeTrue();
    }
}
