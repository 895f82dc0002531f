using Distributed.Coordinator.Recipes;

namespace Distributed.Coordinator.Tests.Recipes;

public sealed class NearestTests
{
    private static readonly string[] Words = ["--workers", "--epochs", "--seed", "--l2", "--learning-rate", "--hidden", "--batch-size"];

    [Theory]
    [InlineData("--worker", "--workers")]
    [InlineData("--wrokers", "--workers")]
    [InlineData("--WORKERS", "--workers")]
    [InlineData("workers", "--workers")]
    [InlineData("--epcohs", "--epochs")]
    [InlineData("--learning_rate", "--learning-rate")]
    [InlineData("--learn", "--learning-rate")]
    [InlineData("--l3", "--l2")]
    [InlineData("--sed", "--seed")]
    [InlineData("--listen", null)]
    [InlineData("--x", null)]
    [InlineData("--", null)]
    [InlineData("--completely-different", null)]
    public void A_typing_error_is_forgiven_and_another_word_is_not(string typed, string? meant) =>
        Assert.Equal(meant, Nearest.To(typed, Words));

    [Fact]
    public void One_error_in_any_place_of_any_option_finds_that_option()
    {
        foreach (string word in Words.Where(word => word.Length > 5))
        {
            for (int i = 2; i < word.Length; i++)
            {
                Assert.Equal(word, Nearest.To(word.Remove(i, 1), Words));
                Assert.Equal(word, Nearest.To(word.Insert(i, "q"), Words));
                Assert.Equal(word, Nearest.To(word.Remove(i, 1).Insert(i, "q"), Words));
            }
        }
    }
}
