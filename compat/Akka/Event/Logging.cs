using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

public static class Logging
{
    /// <summary>The logger of the current actor: its path is the source of its events.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type, context.System.Settings.LogLevel);

    /// <summary>A logger outside of actors.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj) =>
        new BusLogging(system.EventStream, SourceOf(logSourceObj), logSourceObj.GetType(), system.Settings.LogLevel);

    /// <exception cref="ArgumentException">The level is none of DEBUG, INFO, WARNING, ERROR, OFF.</exception>
    public static LogLevel LogLevelFor(string logLevel) => logLevel.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => (LogLevel)int.MaxValue,
        _ => throw new ArgumentException($"Unknown LogLevel: \"{logLevel}\": DEBUG, INFO, WARNING, ERROR or OFF.", nameof(logLevel)),
    };

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        _ => typeof(Error),
    };

    public static string StringFor(this LogLevel logLevel) => logLevel.ClassFor().Name;

    private static string SourceOf(object source) => source switch
    {
        string text => text,
        Type type => type.Name,
        InternalActorRef actor => actor.Path.ToString(),
        _ => source.GetType().Name,
    };
}

/// <summary>Writes log events to standard output, on the thread that publishes them.</summary>
internal sealed class StandardOutLogger : InternalActorRef
{
    public StandardOutLogger(ActorSystem system)
        : base(ActorPath.OfRoot(system.Name) / "StandardOutLogger", system)
    {
    }

    public override void Tell(object message, IActorRef? sender) => Console.Out.WriteLine(message);
}
