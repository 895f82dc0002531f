using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The dispatchers that the configuration describes, each created on first use.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    /// <summary>Time in which a wake-up is usually cheaper to wait for than to ask for.</summary>
    private static readonly TimeSpan SpinDurationDefault = TimeSpan.FromMicroseconds(50);

    private readonly ConcurrentDictionary<string, Lazy<Func<MessageDispatcher>>> known = new();
    private readonly ConcurrentBag<MessageDispatcher> shared = [];
    private readonly Config config;
    private readonly string systemName;
    private long pinnedThreads;

    internal Dispatchers(Config config, string systemName)
    {
        this.config = config;
        this.systemName = systemName;
    }

    public MessageDispatcher DefaultGlobalDispatcher => Lookup(DefaultDispatcherId);

    /// <exception cref="ConfigurationException">The configuration has no dispatcher under this path, or a malformed one.</exception>
    public MessageDispatcher Lookup(string dispatcherName) =>
        known.GetOrAdd(dispatcherName, id => new Lazy<Func<MessageDispatcher>>(() => Configure(id))).Value();

    public bool HasDispatcher(string id) => id == DefaultDispatcherId || config.HasPath(id);

    internal void Stop()
    {
        foreach (var dispatcher in shared) dispatcher.Stop();
    }

    private Func<MessageDispatcher> Configure(string id)
    {
        if (!HasDispatcher(id)) throw new ConfigurationException($"Dispatcher {id} not configured.");
        var section = config.GetConfig(id) ?? Config.Empty;
        var throughput = section.GetInt("throughput", 30);
        var spin = section.GetTimeSpan("spin-duration", SpinDurationDefault);
        switch (section.GetString("type", "Dispatcher"))
        {
            case "Dispatcher":
            case "TaskDispatcher":
                return Share(new ThreadPoolDispatcher(id, throughput));
            case "PinnedDispatcher":
                return () => new PinnedDispatcher(id, () => new DedicatedThreads(NextPinnedName(id), 1, spin));
            case "ForkJoinDispatcher":
                var count = section.GetInt("dedicated-thread-pool.thread-count", Environment.ProcessorCount);
                return Share(new ForkJoinDispatcher(id, throughput, () => new DedicatedThreads($"{systemName}-{id}", count, spin)));
            case var type:
                throw new ConfigurationException($"Could not resolve dispatcher type {type} for path {id}");
        }
    }

    private Func<MessageDispatcher> Share(MessageDispatcher dispatcher)
    {
        shared.Add(dispatcher);
        return () => dispatcher;
    }

    private string NextPinnedName(string id) => $"{systemName}-{id}-{Interlocked.Increment(ref pinnedThreads)}";
}
