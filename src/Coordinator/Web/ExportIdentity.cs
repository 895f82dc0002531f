using System.Security.Cryptography;
using System.Text;
using OpenTelemetry.Resources;

namespace Distributed.Coordinator.Web;

/// <summary>Which run's metrics these are, as OpenTelemetry's resource attributes.</summary>
/// <param name="Version">The program's.</param>
/// <param name="Machine">This machine's name.</param>
/// <param name="RunDirectory">The run's folder, its full path.</param>
/// <param name="Recipe">The recipe's name.</param>
public sealed record ExportIdentity(string Version, string Machine, string RunDirectory, string Recipe)
{
    /// <summary>
    /// A run is one instance of the service however often it is resumed, so that its series go on: the id is derived from where the run is, as a UUID of
    /// version 8 (RFC 9562, 5.8).
    /// </summary>
    public Guid InstanceId
    {
        get
        {
            byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{Machine}\n{RunDirectory}"))[..16];
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes, bigEndian: true);
        }
    }

    /// <summary>Adds the attributes; what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes first.</summary>
    internal void Describe(ResourceBuilder resource) => resource
        .AddService("coordinator", "distributed", Version, serviceInstanceId: InstanceId.ToString())
        .AddAttributes([new("host.name", Machine), new("training.recipe", Recipe), new("training.run_directory", RunDirectory)])
        .AddEnvironmentVariableDetector();
}
