using Akka.Actor;
using Akka.Configuration;

namespace Distributed.Compat.Tests.Actors.StandIn;

/// <summary>What the stand-in does not understand it refuses, with the place and what is allowed.</summary>
public sealed class HoconRefusalTests
{
    [Theory]
    [InlineData("a = 1\ninclude \"other.conf\"", "line 2")]
    [InlineData("a = 1\nb = ${a}", "line 2")]
    [InlineData("a = [1]\na += 2", "line 2")]
    [InlineData("a = \"\"\"long\"\"\"", "triple quotes")]
    [InlineData("a = \"one\" two", "the end of the value")]
    [InlineData("a = [{ b = 1 }]", "a plain value")]
    [InlineData("a = ", "a value")]
    [InlineData("a", "found the end")]
    [InlineData("a { b = 1", "found the end")]
    [InlineData("a = 1 }", "line 1")]
    [InlineData("a = \"open", "closing quotation mark")]
    [InlineData("a = \"\\q\"", "\\n")]
    public void Other_HOCON_is_refused(string hocon, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon)).Message);

    [Theory]
    [InlineData("5 parsecs")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("soon")]
    public void A_bad_duration_is_refused(string duration)
    {
        var config = ConfigurationFactory.ParseString($"wait = {duration}");
        Assert.Contains($"wait is \"{duration}\"", Assert.Throws<ConfigurationException>(() => config.GetTimeSpan("wait")).Message);
    }

    [Fact]
    public void A_bad_number_or_switch_is_refused()
    {
        var config = ConfigurationFactory.ParseString("n = many, list = [1], object { a = 1 }");
        Assert.Throws<ConfigurationException>(() => config.GetInt("n"));
        Assert.Throws<ConfigurationException>(() => config.GetDouble("n"));
        Assert.Throws<ConfigurationException>(() => config.GetBoolean("n"));
        Assert.Throws<ConfigurationException>(() => config.GetString("list"));
        Assert.Throws<ConfigurationException>(() => config.GetStringList("n"));
        Assert.Throws<ConfigurationException>(() => config.GetInt("object"));
    }

    [Theory]
    [InlineData("50us", 500)]
    [InlineData("1500 ns", 15)]
    [InlineData("2.5ms", 25_000)]
    [InlineData("7", 70_000)]
    [InlineData("1 minute", 600_000_000)]
    public void Durations_are_exact_to_a_tick(string duration, long ticks) =>
        Assert.Equal(ticks, ConfigurationFactory.ParseString($"wait = \"{duration}\"").GetTimeSpan("wait").Ticks);

    [Fact]
    public void A_logger_class_is_refused() => Assert.Contains(
        "My.Logger",
        Assert.Throws<ConfigurationException>(() => ActorSystem.Create("refused", "akka.loggers = [\"My.Logger, Mine\"]")).Message);

    [Theory]
    [InlineData("d { type = Unheard }", "Unheard")]
    [InlineData("d { type = ForkJoinDispatcher, dedicated-thread-pool { thread-count = none } }", "thread-count")]
    public void A_bad_dispatcher_is_refused(string config, string expected)
    {
        using var system = ActorSystem.Create("refused", config + "\nakka.loggers = []");
        var props = Props.Create(() => new TellTests.Echo()).WithDispatcher("d");
        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => system.ActorOf(props)).Message);
    }
}
