namespace Distributed.Deploy;

/// <summary>The image, as far as it can be checked without building it.</summary>
public sealed class DockerfileTests
{
    private readonly Dockerfile _file = Dockerfile.Read();

    [Fact]
    public void WhatIsCopiedExistsAndIsNotIgnored()
    {
        string[] allowed = Repository.LogicalLines(Repository.Text("deploy/Dockerfile.dockerignore"))
            .Where(line => line.StartsWith('!'))
            .Select(line => line[1..])
            .ToArray();
        foreach ((_, string source) in _file.Sources())
        {
            Assert.True(Path.Exists(Repository.PathOf(source)), $"COPY {source}: there is no such file");
            Assert.Contains(source, allowed);
        }
    }

    [Fact]
    public void TheImageDoesNotRunAsRoot() => Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", _file.Last("USER").Rest);

    [Fact]
    public void TheRuntimeImageHasNoSdk()
    {
        Dockerfile.Instruction from = _file.Last("FROM");
        Assert.Contains("/aspnet:10.0", from.Rest, StringComparison.Ordinal);
        Assert.Empty(_file.All("RUN", from.Stage));
    }

    /// <summary>Both ends of the folders that only the volumes' users may write to.</summary>
    [Theory]
    [InlineData("/runs")]
    [InlineData("/cache")]
    public void WhatIsWrittenBelongsToTheUser(string folder)
    {
        Dockerfile.Instruction copy = Assert.Single(_file.All("COPY", "runtime"), one => one.Words[^1] == folder);
        Assert.Contains($"--chown={_file.Last("USER").Rest} ", copy.Rest, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHealthCheckAsksThePortThatBothRolesOpen()
    {
        string[] check = Dockerfile.Exec(_file.Last("HEALTHCHECK").Rest);
        string port = check[^1];
        Assert.Contains(port, _file.Last("EXPOSE").Rest.Split(' '));
        Assert.All(Compose.Read().Commands(), command => Assert.Equal(port, command.ValueOf("--health")!.Split(':')[1]));
        Assert.Contains(_file.Instructions, one => one.Name == "COPY" && one.Words[^1] == check[1]);
    }
}
