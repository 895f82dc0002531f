namespace Akka.Actor
{
    /// <summary>A message that the actor's cell handles itself.</summary>
    public interface IAutoReceivedMessage;

    /// <summary>A message that can stop or disturb its receiver.</summary>
    public interface IPossiblyHarmful;

    /// <summary>A message that does not restart the receive timeout.</summary>
    public interface INotInfluenceReceiveTimeout;

    /// <summary>A message around another one.</summary>
    public interface IWrappedMessage
    {
        object Message { get; }
    }
}

namespace Akka.Event
{
    /// <summary>A message that leaves no dead letter.</summary>
    public interface IDeadLetterSuppression;
}
