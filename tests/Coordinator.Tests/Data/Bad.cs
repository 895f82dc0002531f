using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Data;

/// <summary>What a person is told about bad input.</summary>
internal static class Bad
{
    /// <summary>Asserts that <paramref name="read"/> fails with one sentence that contains every one of <paramref name="facts"/>.</summary>
    public static void Input(Action read, params string[] facts)
    {
        var error = Assert.Throws<InputException>(read);
        Assert.All(facts, fact => Assert.Contains(fact, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }
}
