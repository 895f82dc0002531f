using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Tests.Terminal;

public sealed class TextTableTests
{
    [Fact]
    public void Words_stand_at_the_left_and_numbers_at_the_right() => Assert.Equal(
        [
            "name    count  note",
            "a       1,000  long one",
            "longer      2",
        ],
        Table().Lines(80));

    /// <summary>A line as wide as the terminal would wrap in some.</summary>
    [Theory]
    [InlineData(24, 1)]
    [InlineData(23, 2)]
    [InlineData(1, 2)]
    public void What_does_not_fit_follows_below(int width, int tables)
    {
        string[] lines = [.. Table().Lines(width)];
        Assert.Equal(tables, lines.Count(line => line.StartsWith("name", StringComparison.Ordinal)));
        Assert.Equal((3 * tables) + tables - 1, lines.Length);
        Assert.All(["count", "note", "1,000", "long one"], cell => Assert.Contains(lines, line => line.Contains(cell, StringComparison.Ordinal)));
    }

    private static TextTable Table()
    {
        var table = new TextTable(new("name"), new("count", IsNumber: true), new("note"));
        table.Add("a", "1,000", "long one");
        table.Add("longer", "2", "");
        return table;
    }
}
