using Akka.Configuration;

namespace Distributed.Compat.Tests.Actors;

public sealed class ConfigTests
{
    private static readonly Config Sample = ConfigurationFactory.ParseString("""
        # a comment
        akka.actor { ask-timeout = 3s, "dotted.key" : quoted }
        akka {
          loglevel = WARNING  // another comment
          actor.throughput = 12
        }
        pool { type = ForkJoinDispatcher
          dedicated-thread-pool { thread-count = 1 } }
        text = "with # and { and \"quotes\""
        on-switch = on
        ratio = 0.25
        spin = 50ms
        forever = infinite
        list = [a, "b c", 3]
        empty = []
        """);

    [Fact]
    public void Values_are_found_by_path()
    {
        Assert.Equal("WARNING", Sample.GetString("akka.loglevel"));
        Assert.Equal(12, Sample.GetInt("akka.actor.throughput"));
        Assert.Equal(1, Sample.GetInt("pool.dedicated-thread-pool.thread-count"));
        Assert.Equal("with # and { and \"quotes\"", Sample.GetString("text"));
        Assert.Equal("quoted", Sample.GetString("akka.actor.\"dotted.key\""));
        Assert.True(Sample.GetBoolean("on-switch"));
        Assert.Equal(0.25, Sample.GetDouble("ratio"));
        Assert.Equal(["a", "b c", "3"], Sample.GetStringList("list"));
        Assert.Empty(Sample.GetStringList("empty"));
    }

    [Fact]
    public void Durations_have_units()
    {
        Assert.Equal(TimeSpan.FromSeconds(3), Sample.GetTimeSpan("akka.actor.ask-timeout"));
        Assert.Equal(TimeSpan.FromMilliseconds(50), Sample.GetTimeSpan("spin"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Sample.GetTimeSpan("forever"));
    }

    [Fact]
    public void What_is_missing_is_the_default()
    {
        Assert.False(Sample.HasPath("akka.nothing"));
        Assert.True(Sample.HasPath("akka.actor"));
        Assert.Null(Sample.GetConfig("akka.nothing"));
        Assert.Equal("default", Sample.GetString("akka.nothing", "default"));
        Assert.Equal(7, Sample.GetInt("akka.nothing", 7));
        Assert.Equal(TimeSpan.FromSeconds(1), Sample.GetTimeSpan("akka.nothing", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_fallback_fills_the_gaps_at_every_depth()
    {
        var both = ConfigurationFactory.ParseString("akka.loglevel = DEBUG").WithFallback(Sample);
        Assert.Equal("DEBUG", both.GetString("akka.loglevel"));
        Assert.Equal(12, both.GetInt("akka.actor.throughput"));
        Assert.Equal(12, both.GetConfig("akka").GetInt("actor.throughput"));
    }

    [Fact]
    public void A_later_value_replaces_and_a_later_object_merges()
    {
        var config = ConfigurationFactory.ParseString("a { b = 1, c = 2 }\na { b = 3 }\na.d = 4");
        Assert.Equal((3, 2, 4), (config.GetInt("a.b"), config.GetInt("a.c"), config.GetInt("a.d")));
    }
}
