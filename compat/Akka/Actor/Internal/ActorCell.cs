using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>
/// The machinery around one actor: its mailbox, children, watches, behaviours and faults.
/// Except for the mailbox and the children, which lock, all of it is touched only by whoever runs the mailbox.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell? current;

    private static long uids;

    private readonly LocalActorRef self;
    private readonly InternalActorRef parent;
    private readonly Stack<Receive> behaviors = new();
    private readonly List<SystemMessage> waiting = [];
    private ActorBase? actor;
    private IActorRef? sender;
    private ActorTaskScheduler? taskScheduler;
    private object? currentMessage;

    public ActorCell(LocalActorRef self, Props props, MessageDispatcher dispatcher, InternalActorRef parent)
    {
        this.self = self;
        this.parent = parent;
        Props = props;
        Dispatcher = dispatcher;
        Mailbox = new Mailbox(this, dispatcher);
    }

    /// <summary>The cell whose mailbox this thread runs.</summary>
    public static ActorCell? Current
    {
        get => current;
        set => current = value;
    }

    public Mailbox Mailbox { get; }

    public MessageDispatcher Dispatcher { get; }

    public Props Props { get; }

    public Children Children { get; } = new();

    public ActorSystem System => self.System;

    public IActorRef Self => self;

    public IActorRef Parent => parent;

    public IActorRef Sender => sender ?? System.DeadLetters;

    /// <summary>The actor was stopped, or its failed instance was taken away.</summary>
    public bool HasNoActor { get; private set; }

    public object? CurrentMessage => currentMessage;

    public ActorTaskScheduler TaskScheduler => taskScheduler ??= new ActorTaskScheduler(this);

    private CellState State =>
        Children.IsWaitingToCreate ? CellState.WaitingForChildren : Mailbox.IsSuspended ? CellState.Suspended : CellState.Normal;

    public void Become(Receive receive)
    {
        if (behaviors.Count > 0) behaviors.Pop();
        behaviors.Push(receive);
    }

    public void BecomeStacked(Receive receive) => behaviors.Push(receive);

    /// <summary>The last behaviour stays.</summary>
    public void UnbecomeStacked()
    {
        if (behaviors.Count > 1) behaviors.Pop();
    }

    public void Become(UntypedReceive receive) => Become(Always(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    private static Receive Always(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private ActorBase NewActor()
    {
        behaviors.Clear();
        HasNoActor = false;
        var created = Props.NewActor();
        if (created is IActorStash stashing) stashing.Stash = new MessageStash(this);
        if (created is ReceiveActor receiveActor) receiveActor.Initialize();
        if (Props.SupervisorStrategy is { } strategy) created.Strategy = strategy;
        return created;
    }

    private void ClearActor()
    {
        if (actor is IDisposable disposable) TryOrPublish(disposable.Dispose);
        actor?.Detach(System.DeadLetters);
        actor = null;
        HasNoActor = true;
        currentMessage = null;
        behaviors.Clear();
    }
}
