namespace Akka.Configuration;

public static class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <summary>See <see cref="HoconParser"/> for what is understood.</summary>
    /// <exception cref="ConfigurationException">The text is malformed.</exception>
    public static Config ParseString(string hocon) => new(HoconParser.Parse(hocon), null);
}
