using Akka.Actor;

namespace Akka.Configuration;

/// <summary>The configuration is malformed or lacks something.</summary>
public class ConfigurationException(string message, Exception? exception = null) : AkkaException(message, exception);
