using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Sandbox.Tls;

/// <summary>
/// The sandbox's own certificate authority: made at start, gone with the process. It certifies each host name when somebody asks
/// for it, because the names of revisions are not known before they exist.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private static readonly PbeParameters Quick = new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, iterationCount: 1);

    private readonly X509Certificate2 root;
    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> leaves = new(StringComparer.OrdinalIgnoreCase);

    public CertificateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Orchestrator sandbox", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        root = request.CreateSelfSigned(From, To);
    }

    /// <summary>The authority's certificate, PEM.</summary>
    public string Pem => root.ExportCertificatePem() + "\n";

    // Wall clocks of peers differ, and a test's clock may stand still.
    private static DateTimeOffset From => TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);

    private static DateTimeOffset To => TimeProvider.System.GetUtcNow() + Life;

    /// <summary>What a server shows as a host, made once: a chain is looked for with each of them.</summary>
    public SslStreamCertificateContext For(string? host) =>
        leaves.GetOrAdd(host ?? "localhost", name => SslStreamCertificateContext.Create(Certify(name), additionalCertificates: null, offline: true));

    public void Dispose()
    {
        root.Dispose();
        foreach (var leaf in leaves.Values)
        {
            leaf.TargetCertificate.Dispose();
        }
    }

    private X509Certificate2 Certify(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sandbox", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        using var certificate = request.Create(root, root.NotBefore, root.NotAfter, serial);
        using var withKey = certificate.CopyWithPrivateKey(key);

        // Kestrel needs a key that outlives this method. Nobody else sees the file, so nothing has to make its key hard to guess.
        return X509CertificateLoader.LoadPkcs12(withKey.ExportPkcs12(Quick, null), null);
    }
}
