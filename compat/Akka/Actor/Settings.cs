using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>What the actor system itself reads from its configuration.</summary>
public sealed class Settings
{
    internal Settings(Config config)
    {
        Config = config;
        LogLevel = Logging.LogLevelFor(config.GetString("akka.loglevel", "INFO"));
        HasDefaultLogger = !config.HasPath("akka.loggers") || config.GetStringList("akka.loggers").Contains(DefaultLoggerName);
    }

    public Config Config { get; }

    internal LogLevel LogLevel { get; }

    private const string DefaultLoggerName = "Akka.Event.DefaultLogger";

    private bool HasDefaultLogger { get; }

    /// <summary>Writes log events to standard output unless the configuration says akka.loggers = [].</summary>
    internal void StartDefaultLogger(ActorSystem system)
    {
        if (!HasDefaultLogger) return;
        var logger = new StandardOutLogger(system);
        foreach (var level in Enum.GetValues<LogLevel>().Where(level => level >= LogLevel))
            system.EventStream.Subscribe(logger, level.ClassFor());
    }
}
