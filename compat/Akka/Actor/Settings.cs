using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>What the actor system itself reads from its configuration.</summary>
public sealed class Settings
{
    private const string DefaultLoggerName = "Akka.Event.DefaultLogger";

    internal Settings(Config config)
    {
        Config = config;
        LogLevel = Logging.LogLevelFor(config.GetString("akka.loglevel", "INFO"));
        HasDefaultLogger = ReadLoggers(config);
    }

    public Config Config { get; }

    internal LogLevel LogLevel { get; }

    private bool HasDefaultLogger { get; }

    private static bool ReadLoggers(Config config)
    {
        if (!config.HasPath("akka.loggers")) return true;
        var loggers = config.GetStringList("akka.loggers");
        if (loggers.FirstOrDefault(name => name != DefaultLoggerName) is not { } unknown) return loggers.Count > 0;
        throw new ConfigurationException(
            $"The logger \"{unknown}\" in akka.loggers cannot be loaded here; "
            + $"give [] or [\"{DefaultLoggerName}\"] and subscribe an actor of your own to the log events.");
    }

    /// <summary>Writes log events to standard output unless the configuration says akka.loggers = [].</summary>
    internal void StartDefaultLogger(ActorSystem system)
    {
        if (!HasDefaultLogger) return;
        var logger = new StandardOutLogger(system);
        foreach (var level in Enum.GetValues<LogLevel>().Where(level => level >= LogLevel))
            system.EventStream.Subscribe(logger, level.ClassFor());
    }
}
