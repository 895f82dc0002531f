using System.CommandLine;
using System.Globalization;
using Distributed.Health;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;
using Distributed.Protocol.Wire;

namespace Distributed.Worker;

/// <summary>What a worker's command line may say, and what it means.</summary>
public sealed class WorkerOptionsReader
{
    /// <summary>The environment variable that may hold the join token.</summary>
    public const string TokenVariable = "DISTRIBUTED_JOIN_TOKEN";

    private const int ThreadsMax = 256;

    private readonly Option<string> _coordinator = new("--coordinator") { Description = "HOST:PORT, where the coordinator listens" };
    private readonly Option<bool> _cluster = new("--cluster")
    {
        Description = "finds the coordinator by way of a cluster (docs/cluster.md), also when it moves",
    };

    private readonly Option<string> _seedNodes = new("--seed-node")
    {
        Description = "HOST:PORT,… of nodes that let this one in: the coordinator's and the standby's",
    };

    private readonly Option<string> _role = new("--role") { Description = "what this node of the cluster is: worker, which is the default" };
    private readonly Option<string> _own = new("--cluster-listen") { Description = "HOST:PORT, where other nodes reach this one; default a free port" };
    private readonly Option<string> _name = new("--name")
    {
        Description = "what this worker is called, unique in a run; default the machine's name and the process id",
    };

    private readonly Option<string> _threads = new("--threads") { Description = "threads that compute; default the number of cores" };
    private readonly Option<string> _cache = new("--cache")
    {
        Description = "a folder for datasets, or none; default distributed in the user's cache folder",
    };

    private readonly Option<string> _tokenFile = new("--join-token-file") { Description = $"a file that holds the join token; or set {TokenVariable}" };
    private readonly Option<bool> _tls = new("--tls") { Description = "encrypts, and trusts the authorities that this machine trusts" };
    private readonly Option<string> _certificate = new("--tls-certificate")
    {
        Description = "this worker's certificate (PEM), where the coordinator asks for one",
    };

    private readonly Option<string> _key = new("--tls-key") { Description = "its key (PEM)" };
    private readonly Option<string> _authority = new("--tls-ca") { Description = "encrypts, and trusts what this authority (PEM) has signed, nothing else" };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "sends the join token unencrypted" };
    private readonly Option<string> _health = new(HealthAddress.Option) { Description = $"HOST:PORT; {HealthAddress.Help}" };
    private readonly Option<bool> _check = new("--check") { Description = "tries the way to the coordinator, prints a verdict per line, and ends" };
    private readonly Option<bool> _supervised = new("--supervised") { Hidden = true };

    /// <summary>The parser's symbols.</summary>
    public RootCommand Command { get; } = new("Computes gradients for a coordinator, until its run is over.");

    public WorkerOptionsReader()
    {
        Option[] all =
        [
            _coordinator, _cluster, _seedNodes, _role, _own, _name, _threads, _cache,
            _tokenFile, _tls, _certificate, _key, _authority, _insecure, _health, _check, _supervised,
        ];
        Array.ForEach(all, Command.Options.Add);
    }

    /// <summary>True when a coordinator started this process: its standard input holds the join token, and ends when the coordinator does.</summary>
    public bool IsSupervised(ParseResult parsed) => parsed.GetValue(_supervised);

    /// <summary>Understands <paramref name="parsed"/>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="environment">Reads environment variables.</param>
    /// <param name="defaultName">The name of a worker that was given none.</param>
    /// <param name="cores">The default number of threads.</param>
    /// <param name="cacheFolder">The default cache folder.</param>
    /// <param name="suppliedToken">What a coordinator passed to a worker that it started; null otherwise.</param>
    /// <exception cref="InputException">It is wrong.</exception>
    public WorkerOptions Read(
        ParseResult parsed, Func<string, string?> environment, string defaultName, int cores, string cacheFolder, string? suppliedToken)
    {
        if (parsed.Errors.Count > 0)
        {
            throw new InputException($"{parsed.Errors[0].Message} \"worker --help\" lists what there is.");
        }

        ClusterOptions? cluster = ClusterOf(parsed);
        NodeAddress coordinator = cluster is null ? AddressOf(parsed.GetValue(_coordinator)) : cluster.SeedNodes[0];
        string? token = suppliedToken ?? TokenSource.Read("--join-token-file", parsed.GetValue(_tokenFile), environment(TokenVariable));
        string? authority = parsed.GetValue(_authority);
        string? certificate = parsed.GetValue(_certificate);
        bool usesTls = authority is not null || certificate is not null || parsed.GetValue(_tls);
        if (token is not null && !usesTls && !parsed.GetValue(_insecure) && !coordinator.IsLoopback)
        {
            throw new InputException(
                $"{(cluster is null ? "--coordinator" : "--seed-node")} {coordinator} is another machine, and the join token would travel there unencrypted; "
                    + "add --tls-ca FILE (or --tls), or --insecure where the network is your own.");
        }

        string? cache = parsed.GetValue(_cache);
        return new WorkerOptions
        {
            Host = cluster is null ? coordinator.Host : "",
            Port = cluster is null ? coordinator.Port : 0,
            Cluster = cluster,
            Name = Name(parsed.GetValue(_name) ?? defaultName),
            Threads = parsed.GetValue(_threads) is { } threads ? Number("--threads", threads, 1, ThreadsMax) : Math.Min(cores, ThreadsMax),
            CacheFolder = cache == "none" ? null : cache ?? cacheFolder,
            JoinToken = token,
            UsesTls = usesTls,
            Tls = authority is null && certificate is null ? null : TlsMaterial.Load(certificate, parsed.GetValue(_key), authority),
            Insecure = parsed.GetValue(_insecure),
            Check = parsed.GetValue(_check),
            Health = parsed.GetValue(_health) is { } health ? HealthAddress.Parse(health) : null,
        };
    }

    private ClusterOptions? ClusterOf(ParseResult parsed)
    {
        bool isCluster = parsed.GetValue(_cluster);
        string? other = parsed.GetValue(_coordinator) is not null ? "--coordinator" : parsed.GetValue(_check) ? "--check" : null;
        return isCluster && other is not null
            ? throw new InputException($"--cluster and {other} do not go together: a cluster finds the coordinator by itself; leave one out.")
            : ClusterOptions.Read(isCluster, parsed.GetValue(_seedNodes), parsed.GetValue(_role), parsed.GetValue(_own), NodeRole.Worker);
    }

    private static NodeAddress AddressOf(string? text) => text is null
        ? throw new InputException("--coordinator HOST:PORT is missing: a worker must know where its coordinator listens.")
        : NodeAddress.Parse("--coordinator", text);

    private static string Name(string name) => name.Length is > 0 and <= ProtocolLimits.NameCharactersMax && !name.Any(char.IsControl)
        ? name
        : throw new InputException($"--name {name}: a name has 1 to {ProtocolLimits.NameCharactersMax} printable characters.");

    private static int Number(string option, string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new InputException($"{option} {text}: give a whole number from {min} to {max}.");
}
