using System.Globalization;
using System.Text;
using Distributed.Health;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Commands;

/// <summary>The command line that continues a stopped run, to be pasted into a shell as it is.</summary>
public static class ResumeCommand
{
    /// <param name="options">Of the run that was stopped.</param>
    /// <param name="runDirectory">Its folder.</param>
    /// <param name="invokedAs">How the program was called.</param>
    public static string For(TrainOptions options, string runDirectory, string invokedAs)
    {
        var line = new StringBuilder($"{invokedAs} --resume {Quoted(runDirectory)} --workers {options.Workers}");
        line.Append(options.SingleProcess ? " --single-process" : "");
        Append(line, "--listen", options.Listen);
        Append(line, "--spawn", options.Spawn?.ToString());
        Append(line, "--join-token-file", options.JoinTokenFile);
        Append(line, "--tls-certificate", options.TlsCertificate);
        Append(line, "--tls-key", options.TlsKey);
        Append(line, "--tls-ca", options.TlsAuthority);
        Append(line, "--dashboard", options.Dashboard);
        Append(line, "--dashboard-token", options.DashboardTokenFile);
        Append(line, HealthAddress.Option, options.Health?.ToString());
        line.Append(options.Insecure ? " --insecure" : "");
        line.Append(options.AuditFraction > 0 ? string.Create(CultureInfo.InvariantCulture, $" --audit {options.AuditFraction}") : "");
        line.Append(options.Cluster is { } cluster ? $" {cluster with { Role = NodeRole.Coordinator }}" : "");
        line.Append(options.CheckpointEverySteps is { } steps ? $" --checkpoint-every {steps}" : "");
        return line.ToString();
    }

    private static void Append(StringBuilder line, string option, string? value) =>
        line.Append(value is null ? "" : $" {option} {Quoted(value)}");

    /// <summary>One word for a POSIX shell: as it is where that is safe, else in single quotes.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./+=:,@".Contains(c))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
