using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Functions.Outbound;

/// <summary>Makes the handlers that all outgoing requests end in.</summary>
public static class OutboundHandlers
{
    // RFC 5280, section 4.2.1.12: the purpose that a server's certificate has.
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>A handler that follows no redirects and trusts the system's roots and <paramref name="trustedRoots"/>.</summary>
    public static SocketsHttpHandler Create(X509Certificate2Collection trustedRoots)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
        };
        if (trustedRoots.Count > 0)
        {
            // Roots of one's own first: they are few, and the system's take their time with every connection.
            handler.SslOptions.CertificateChainPolicy = Trusting(trustedRoots);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || IsTrustedBySystem(certificate, chain, errors);
        }

        return handler;
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private static bool IsTrustedBySystem(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        // A wrong name or no certificate at all stays an error; only the question of the root is asked again.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ServerAuthentication));
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(leaf);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(EndPointOf(context.DnsEndPoint), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // RFC 6761, section 6.3: names under .localhost are this machine, whatever a resolver says.
    private static EndPoint EndPointOf(DnsEndPoint wanted) =>
        wanted.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? new IPEndPoint(IPAddress.Loopback, wanted.Port) : wanted;
}
