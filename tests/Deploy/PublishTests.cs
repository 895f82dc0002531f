namespace Distributed.Deploy;

/// <summary>The Dockerfile's own publish command, run without Docker on nothing but what the Dockerfile copies.</summary>
public sealed class PublishTests
{
    private static readonly string[] ShortRun =
        ["train", "--workers", "2", "--epochs", "1", "--train-samples", "2000"];

    [Fact]
    public async Task ThePublishedProgramTrainsToTheSameBytes()
    {
        using var scratch = new TemporaryFolder();
        string app = await PublishAsync(scratch);
        Assert.All(Programs(), program => Assert.True(File.Exists(Path.Combine(app, program)), $"{program} is not among what is published"));
        Assert.True(Directory.Exists(Path.Combine(app, "data", "mnist")));

        string published = await Tool.RunWellAsync(scratch.Path, Path.Combine(app, "coordinator"), [.. ShortRun, "--run-dir", "published"]);
        string built = await Tool.RunWellAsync(
            scratch.Path, "dotnet", [Path.Combine(AppContext.BaseDirectory, "coordinator.dll"), .. ShortRun, "--run-dir", "built"]);
        Assert.Contains("weights digest ", published, StringComparison.Ordinal);
        Assert.Equal(ClosingLine(built), ClosingLine(published));
    }

    /// <summary>Every program that the image, the compose file or a unit starts lies under /app there.</summary>
    private static IEnumerable<string> Programs() =>
        Compose.Read().Services.Values
            .SelectMany(service => service.Entrypoint ?? [])
            .Concat(Dockerfile.Exec(Dockerfile.Read().Last("ENTRYPOINT").Rest))
            .Select(program => Path.GetRelativePath("/app", program));

    private static async Task<string> PublishAsync(TemporaryFolder scratch)
    {
        Dockerfile file = Dockerfile.Read();
        string source = Directory.CreateDirectory(Path.Combine(scratch.Path, "source")).FullName;
        foreach ((_, string path) in file.Sources().Where(one => one.Stage == "build"))
        {
            // The files git knows: what a build has left beside them is ignored for the image, too.
            await Tool.RunWellAsync(
                Repository.Root, "bash", ["-c", "git ls-files -z -- \"$1\" | tar --null -T - -cf - | tar xf - -C \"$2\"", "copy", path, source]);
        }

        string app = Path.Combine(scratch.Path, "app");
        string[] publish = file.All("RUN", "build").Single(run => run.Rest.StartsWith("dotnet publish ", StringComparison.Ordinal)).Rest.Split(' ');
        await Tool.RunWellAsync(source, "dotnet", [.. publish[1..].Select(word => word == "/app" ? app : word), "-nodeReuse:false"]);
        return app;
    }

    private static string ClosingLine(string output) => output.TrimEnd().Split('\n')[^1];
}
