using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>The identity in a client certificate: its DNS names and its common name.</summary>
internal static class PeerCertificate
{
    private const string NamesKey = "x509_subject_alternative_name";
    private const string CommonNameKey = "x509_common_name";

    public static AuthContext ToAuthContext(X509Certificate2? certificate)
    {
        var properties = new Dictionary<string, List<AuthProperty>>();
        if (certificate is null)
            return new AuthContext(null, properties);
        IEnumerable<string> names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames());
        Add(properties, NamesKey, [.. names]);
        Add(properties, CommonNameKey, [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)]);
        return new AuthContext(properties.ContainsKey(NamesKey) ? NamesKey : CommonNameKey, properties);
    }

    private static void Add(Dictionary<string, List<AuthProperty>> properties, string name, string[] values)
    {
        if (values.Length > 0)
            properties.Add(name, [.. values.Select(value => AuthProperty.Create(name, Encoding.UTF8.GetBytes(value)))]);
    }
}
