using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its dispatchers, scheduler and event stream.</summary>
public sealed class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly TaskCompletionSource terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Action> terminationCallbacks = [];
    private readonly SystemScheduler scheduler = new();
    private readonly DeadLettersRef deadLetters;
    private readonly LocalActorRef user;
    private readonly ActorPath root;
    private long temporaryNames;

    private ActorSystem(string name, Config config)
    {
        Name = name;
        Settings = new Settings(config);
        EventStream = new EventStream();
        Log = new BusLogging(EventStream, name, typeof(ActorSystem), Settings.LogLevel);
        root = ActorPath.OfRoot(name);
        deadLetters = new DeadLettersRef(this, root / "deadLetters");
        Settings.StartDefaultLogger(this);
        Dispatchers = new Dispatchers(config, name);
        var guardian = Props.Create<Guardian>();
        var top = new RootRef(this, root, Finish);
        user = new LocalActorRef(this, guardian, Dispatchers.DefaultGlobalDispatcher, top, root.ChildWithUid("user", 1));
        user.Cell.Start();
    }

    public string Name { get; }

    public Settings Settings { get; }

    public EventStream EventStream { get; }

    public ILoggingAdapter Log { get; }

    public Dispatchers Dispatchers { get; }

    public IActorRef DeadLetters => deadLetters;

    public IScheduler Scheduler => scheduler;

    /// <summary>Completes when every actor has stopped.</summary>
    public Task WhenTerminated => terminated.Task;

    public static ActorSystem Create(string name) => Create(name, Config.Empty);

    public static ActorSystem Create(string name, Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (name is not [not ('-' or '_'), ..] || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"The name [{name}] of an actor system must be letters, digits, '-' and '_', the first no sign.");
        return new ActorSystem(name, config);
    }

    public IActorRef ActorOf(Props props, string? name = null) => user.Cell.ActorOf(props, name);

    public void Stop(IActorRef actor)
    {
        var target = (InternalActorRef)actor;
        if (target is LocalActorRef local && local.Cell.Parent.Equals(user)) user.Cell.Stop(actor);
        else target.Stop();
    }

    /// <summary>Stops all actors, children before parents.</summary>
    public Task Terminate()
    {
        user.Stop();
        return WhenTerminated;
    }

    /// <summary>Runs when the system has stopped, the last one registered first.</summary>
    public void RegisterOnTermination(Action code)
    {
        lock (terminationCallbacks) terminationCallbacks.Add(code);
    }

    public void Dispose() => Terminate().Wait();

    internal FutureActorRef<T> NewFuture<T>(TaskCompletionSource<T> result) =>
        new(result, root / "temp" / GeneratedName.Of(Interlocked.Increment(ref temporaryNames)), this);

    internal void PublishDeadLetter(object message, IActorRef? sender, IActorRef recipient) =>
        deadLetters.Publish(message, sender, recipient);

    private void Finish()
    {
        scheduler.Stop();
        Dispatchers.Stop();
        Action[] callbacks;
        lock (terminationCallbacks) callbacks = [.. terminationCallbacks];
        foreach (var callback in callbacks.Reverse()) callback();
        terminated.TrySetResult();
    }
}
