namespace Distributed.Placeholders;

public sealed class Placeholder
{
    [Fact]
    public void Runs() => Assert.NotEmpty(System.Reflection.Assembly.GetExecutingAssembly().GetName().Name!);
}
