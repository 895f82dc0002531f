using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport.DotNetty;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;
using Distributed.Protocol.Wire;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Distributed.Clustering;

/// <summary>This process as a member of a cluster: one life of it, from joining to leaving or to being removed.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    /// <summary>Akka's role of the nodes that the coordinator may run on.</summary>
    public const string CanCoordinate = "can-coordinate";

    /// <summary>Akka's role of the nodes that compute.</summary>
    public const string Computes = "computes";

    /// <summary>The actor that other nodes' messages go to, below /user.</summary>
    public const string ActorName = "node";

    private const string SystemName = "distributed";

    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<string> _removed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly AkkaCluster _cluster;
    private volatile bool _isLeaving;

    private ClusterNode(ActorSystem system, NodeAddress own, TimeProvider time)
    {
        System = system;
        Own = own;
        _time = time;
        _cluster = AkkaCluster.Get(system);
        IActorRef watch = system.ActorOf(Props.Create(() => new QuarantineWatch(Remove)), "quarantine");
        system.EventStream.Subscribe(watch, typeof(ThisActorSystemQuarantinedEvent));
        _cluster.RegisterOnMemberRemoved(() => Remove("the others heard nothing of this node for too long and have removed it"));
    }

    /// <summary>The actors of this node.</summary>
    public ActorSystem System { get; }

    /// <summary>Where the other nodes reach this one.</summary>
    public NodeAddress Own { get; }

    /// <summary>Completes, with the reason, when the cluster has removed this node though it did not leave.</summary>
    public Task<string> Removed => _removed.Task;

    /// <summary>Begins to join. Where no seed node answers it goes on trying.</summary>
    /// <param name="options">Where and as what.</param>
    /// <param name="tls">Certificate and authority of both sides of every connection; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="start">Starts actors before the node joins, so that no event is missed.</param>
    /// <exception cref="InputException">This node's own address cannot be listened on.</exception>
    public static ClusterNode Join(ClusterOptions options, TlsMaterial? tls, TimeProvider time, Action<ClusterNode> start)
    {
        NodeAddress own = options.Own ?? DefaultAddress(options);
        Config config = ConfigurationFactory.ParseString(CommandLineConfig(options.Role, own, tls))
            .WithFallback(ConfigurationFactory.ParseString(FileConfig()));
        ActorSystemSetup setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new ClockSetup(time));
        setup = tls?.Own is null ? setup : setup.And(Secure(tls));
        var node = new ClusterNode(CreateSystem(setup, own), own, time);
        start(node);
        string protocol = node._cluster.SelfAddress.Protocol;
        node._cluster.JoinSeedNodes(options.SeedNodes.Select(seed => new Address(protocol, SystemName, seed.Host, seed.Port)));
        return node;
    }

    /// <summary>Says goodbye to the others, who then need not wait for heartbeats; ends the actors.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        try
        {
            Task goodbye = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
            await goodbye.WaitAsync(GoodbyeMax, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nobody is there to hear it; the failure detector of whoever comes later will.
            await System.Terminate().WaitAsync(GoodbyeMax, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Declares this life of the node useless: to be left, and begun anew.</summary>
    public void GiveUp(string reason) => Remove(reason);

    private void Remove(string reason)
    {
        if (!_isLeaving)
        {
            _removed.TrySetResult(reason);
        }
    }

    private static ActorSystem CreateSystem(ActorSystemSetup setup, NodeAddress own)
    {
        try
        {
            return ActorSystem.Create(SystemName, setup);
        }
        catch (Exception error) when (SocketErrorOf(error) is { } socket)
        {
            string what = socket.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program uses the port; stop it, or give another port",
                SocketError.AddressNotAvailable => "this machine does not have the address; give one of its own",
                _ => socket.Message,
            };
            throw new InputException($"--cluster-listen {own}: {what}", error);
        }
    }

    private static SocketException? SocketErrorOf(Exception? error) => error switch
    {
        null => null,
        SocketException socket => socket,
        AggregateException many => many.Flatten().InnerExceptions.Select(SocketErrorOf).FirstOrDefault(socket => socket is not null),
        _ => SocketErrorOf(error.InnerException),
    };

    /// <summary>
    /// The certificates of the data plane, in memory. The authority decides whom to trust; names do not, because nodes call each other by address.
    /// </summary>
    private static DotNettySslSetup Secure(TlsMaterial tls) => new(
        tls.Own!,
        suppressValidation: false,
        requireMutualAuthentication: true,
        customValidator: (certificate, _, _, errors, _) => tls.Trusts(certificate, errors & ~SslPolicyErrors.RemoteCertificateNameMismatch));

    private static string CommandLineConfig(NodeRole role, NodeAddress own, TlsMaterial? tls) => $$"""
        akka.remote.dot-netty.tcp {
          hostname = "{{own.Host}}"
          port = {{own.Port}}
          enable-ssl = {{(tls?.Own is null ? "off" : "on")}}
        }
        akka.cluster.roles = ["{{(role == NodeRole.Worker ? Computes : CanCoordinate)}}"]
        """;

    private static string FileConfig()
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream("cluster.conf")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static NodeAddress DefaultAddress(ClusterOptions options) =>
        options.Role == NodeRole.Coordinator ? options.SeedNodes[0] : new NodeAddress(OwnHostTowards(options.SeedNodes[0]), 0);

    /// <summary>The address that this machine has on the way to <paramref name="seed"/>. Nothing is sent.</summary>
    private static string OwnHostTowards(NodeAddress seed)
    {
        try
        {
            using var socket = new Socket(SocketType.Dgram, global::System.Net.Sockets.ProtocolType.Udp);
            socket.Connect(seed.Host, seed.Port);
            IPAddress own = ((IPEndPoint)socket.LocalEndPoint!).Address;
            return (own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own).ToString();
        }
        catch (SocketException error)
        {
            throw new InputException(
                $"--seed-node {seed}: there is no way to it from here ({error.Message}); "
                    + "check the name, or say with --cluster-listen HOST:PORT where this node is",
                error);
        }
    }

    /// <summary>Another node has refused to talk to this life of this one ever again.</summary>
    private sealed class QuarantineWatch : ReceiveActor
    {
        public QuarantineWatch(Action<string> remove) =>
            Receive<ThisActorSystemQuarantinedEvent>(_ => remove("this node was removed from the cluster while it was silent, and may not return as it is"));
    }
}
