using System.Diagnostics;

namespace Distributed.EndToEnd.Namespaces;

/// <summary>
/// Network namespaces of Linux: machines of their own as far as the network goes, each with one link to a bridge in the first one.
/// </summary>
internal sealed class Network : IDisposable
{
    private readonly string _prefix;
    private readonly int _machines;

    private Network(string prefix, int machines)
    {
        _prefix = prefix;
        _machines = machines;
    }

    /// <summary>Why the links are not slow and lose no packets; null when they are and do.</summary>
    internal string? NoFaults { get; private set; }

    /// <summary>Makes <paramref name="machines"/> machines, 10.77.0.1 and up; null, with the reason, where that is not allowed.</summary>
    internal static (Network? Network, string? Reason) TryCreate(int machines)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "network namespaces are Linux's");
        }

        string prefix = $"dt{Environment.ProcessId % 100_000}";
        var network = new Network(prefix, machines);
        string? problem = network.Create();
        if (problem is null)
        {
            return (network, null);
        }

        network.Dispose();
        return (null, problem);
    }

    internal static string Address(int machine) => $"10.77.0.{machine + 1}";

    /// <summary>What runs a program on <paramref name="machine"/>.</summary>
    internal string[] On(int machine) => ["ip", "netns", "exec", Name(machine)];

    /// <summary>Unplugs the cable.</summary>
    internal void Cut(int machine) => Require($"ip netns exec {Name(machine)} ip link set eth0 down");

    /// <summary>Plugs it in again.</summary>
    internal void Heal(int machine) => Require($"ip netns exec {Name(machine)} ip link set eth0 up");

    public void Dispose()
    {
        for (int machine = 0; machine < _machines; machine++)
        {
            Run($"ip netns del {Name(machine)}");
        }
    }

    private string Name(int machine) => $"{_prefix}m{machine}";

    /// <summary>The first machine carries the bridge that joins all.</summary>
    private string? Create()
    {
        string[] first =
        [
            .. Enumerable.Range(0, _machines).Select(machine => $"ip netns add {Name(machine)}"),
            $"ip netns exec {Name(0)} ip link add br0 type bridge",
            $"ip netns exec {Name(0)} ip addr add {Address(0)}/24 dev br0",
            $"ip netns exec {Name(0)} ip link set br0 up",
            $"ip netns exec {Name(0)} ip link set lo up",
        ];
        IEnumerable<string> links = Enumerable.Range(1, _machines - 1).SelectMany(machine => new[]
        {
            $"ip link add eth0 netns {Name(machine)} type veth peer name port{machine} netns {Name(0)}",
            $"ip netns exec {Name(0)} ip link set port{machine} master br0",
            $"ip netns exec {Name(0)} ip link set port{machine} up",
            $"ip netns exec {Name(machine)} ip addr add {Address(machine)}/24 dev eth0",
            $"ip netns exec {Name(machine)} ip link set eth0 up",
            $"ip netns exec {Name(machine)} ip link set lo up",
        });
        foreach (string command in first.Concat(links))
        {
            if (Run(command) is { } problem)
            {
                return $"'{command}' failed: {problem}";
            }
        }

        NoFaults = Enumerable.Range(1, _machines - 1)
            .Select(machine => $"ip netns exec {Name(machine)} tc qdisc add dev eth0 root netem delay 1ms loss 0.5%")
            .Select(command => Run(command) is { } problem ? $"'{command}' failed: {problem}" : null)
            .FirstOrDefault(problem => problem is not null);
        return null;
    }

    private static void Require(string command)
    {
        string? problem = Run(command);
        Assert.True(problem is null, $"'{command}' failed: {problem}");
    }

    private static string? Run(string command)
    {
        string[] words = command.Split(' ');
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return error.Message;
        }
    }
}
