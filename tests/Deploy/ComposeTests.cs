namespace Distributed.Deploy;

/// <summary>compose.yaml agrees with itself, the image and the programs.</summary>
public sealed class ComposeTests
{
    private readonly Compose _compose = Compose.Read();

    [Fact]
    public void OneCoordinatorAndFourWorkers()
    {
        Assert.Equal(["coordinator", "worker"], _compose.Services.Keys);
        Assert.Equal(["coordinator", "worker"], _compose.Commands().Select(command => command.Role));
        Assert.Equal(4, _compose.Services["worker"].Deploy!.Replicas);
    }

    [Fact]
    public void TheProgramsUnderstandTheirCommands() => Assert.All(_compose.Commands(), command => Assert.Null(command.Objection()));

    [Fact]
    public void WorkersFindTheCoordinator()
    {
        RoleCommand[] commands = _compose.Commands().ToArray();
        Assert.Equal($"coordinator:{commands[0].PortOf("--listen")}", commands[1].ValueOf("--coordinator"));
        Assert.Contains(_compose.Services["coordinator"].Networks, _compose.Services["worker"].Networks.Contains);
    }

    /// <summary>--insecure is for a network that nobody else is on.</summary>
    [Fact]
    public void WhatIsNotEncryptedStaysInside()
    {
        string network = Assert.Single(_compose.Services["worker"].Networks);
        Assert.True(_compose.Networks[network]!.Internal);
        Assert.All(_compose.Services.Values.SelectMany(service => service.Ports), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        RoleCommand coordinator = _compose.Commands().First();
        int dashboard = coordinator.PortOf("--dashboard");
        Assert.Equal($"127.0.0.1:{dashboard}:{dashboard}", Assert.Single(_compose.Services["coordinator"].Ports));
    }

    [Fact]
    public void NamesAreDeclared()
    {
        foreach (Compose.Service service in _compose.Services.Values)
        {
            Assert.All(service.Networks, name => Assert.Contains(name, _compose.Networks.Keys));
            Assert.All(service.Secrets, name => Assert.Contains(name, _compose.Secrets.Keys));
            Assert.All(service.DependsOn, name => Assert.Contains(name, _compose.Services.Keys));
            Assert.All(service.Volumes.Where(volume => volume.Contains(':')), volume => Assert.Contains(volume.Split(':')[0], _compose.Volumes.Keys));
            string token = service.RoleCommand().ValueOf("--join-token-file")!;
            Assert.Contains(token.Replace("/run/secrets/", "", StringComparison.Ordinal), service.Secrets);
        }
    }

    /// <summary>What a read-only container writes lies on a volume.</summary>
    [Fact]
    public void WhatIsWrittenIsAVolume()
    {
        Assert.All(_compose.Services.Values, service => Assert.True(service.ReadOnly));
        Assert.StartsWith("/runs/", _compose.Commands().First().ValueOf("--run-dir"), StringComparison.Ordinal);
        Assert.Contains("runs:/runs", _compose.Services["coordinator"].Volumes);
        Assert.Contains(_compose.Commands().Last().ValueOf("--cache"), _compose.Services["worker"].Volumes);
    }

    [Fact]
    public void TheImageIsBuiltFromOurDockerfile()
    {
        Compose.Service coordinator = _compose.Services["coordinator"];
        string context = Path.GetFullPath(Path.Combine(Repository.Root, "deploy", coordinator.Build!.Context));
        Assert.Equal(Repository.PathOf(Dockerfile.FileName), Path.Combine(context, coordinator.Build.Dockerfile));
        Assert.All(_compose.Services.Values, service => Assert.Equal(coordinator.Image, service.Image));
    }
}
