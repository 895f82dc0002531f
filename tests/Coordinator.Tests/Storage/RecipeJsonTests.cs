using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Storage;

public sealed class RecipeJsonTests
{
    [Fact]
    public void Every_field_comes_back()
    {
        Recipe recipe = SampleCheckpoint.FullRecipe;
        Recipe read = RecipeJson.Read(RecipeJson.Write(recipe), "here");
        Assert.Equal(recipe.Hidden, read.Hidden);
        Assert.Equal(recipe, read with { Hidden = recipe.Hidden });
    }

    /// <summary>A new field of a recipe must differ from its default in the sample, or the test above could not see it lost.</summary>
    [Fact]
    public void The_sample_differs_from_the_default_in_every_field()
    {
        var standard = new Recipe { Name = "other" };
        foreach (System.Reflection.PropertyInfo property in typeof(Recipe).GetProperties().Where(property => property.CanWrite))
        {
            Assert.NotEqual(property.GetValue(standard), property.GetValue(SampleCheckpoint.FullRecipe));
        }
    }

    [Fact]
    public void Is_snake_case_with_names_for_choices()
    {
        string json = RecipeJson.Write(SampleCheckpoint.FullRecipe);
        Assert.Contains("\"learning_rate\":0.33333334,", json, StringComparison.Ordinal);
        Assert.Contains("\"weights\":{\"kind\":\"uniform\",\"parameter\":0.3}", json, StringComparison.Ordinal);
        Assert.Contains("\"optimizer\":\"adam\"", json, StringComparison.Ordinal);
        Assert.Contains("\"beta1\":0.85", json, StringComparison.Ordinal);
        Assert.DoesNotContain("optimizer_settings", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"name":"x","epochz":3}""")]
    [InlineData("""{"name":"x","epochs":"three"}""")]
    [InlineData("""{"name":"x","optimizer":"sgdd"}""")]
    [InlineData("""{"name":"x","optimizer":7}""")]
    public void Anything_unknown_is_an_error_that_names_the_file(string json) =>
        Assert.Contains("'here'", Assert.Throws<InputException>(() => RecipeJson.Read(json, "here")).Message, StringComparison.Ordinal);
}
