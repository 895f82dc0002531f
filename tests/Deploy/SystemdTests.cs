namespace Distributed.Deploy;

/// <summary>The units, by systemd's own check where it is installed.</summary>
public sealed class SystemdTests
{
    private const string InstalledAt = "/opt/distributed/";

    public static TheoryData<string> Units => ["distributed-coordinator.service", "distributed-worker.service"];

    [Theory]
    [MemberData(nameof(Units))]
    public void TheProgramUnderstandsItsCommand(string unit)
    {
        string start = Assert.Single(Lines(unit), line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        RoleCommand command = RoleCommand.In(start)!;
        Assert.Equal($"distributed-{command.Role}.service", unit);
        Assert.Null(command.Objection());
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void EveryCredentialThatIsUsedIsLoaded(string unit)
    {
        RoleCommand command = RoleCommand.In(Lines(unit).Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)))!;
        string[] used = command.Arguments.Where(word => word.StartsWith("%d/", StringComparison.Ordinal)).Select(word => word[3..]).Order().ToArray();
        string[] loaded = Lines(unit)
            .Where(line => line.StartsWith("LoadCredential=", StringComparison.Ordinal))
            .Select(line => line["LoadCredential=".Length..].Split(':')[0])
            .Order()
            .ToArray();
        Assert.NotEmpty(used);
        Assert.Equal(loaded, used);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void ItIsHardened(string unit)
    {
        string[] lines = Lines(unit);
        Assert.All(
            ["DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=", "RestartPreventExitStatus=2"],
            line => Assert.Contains(line, lines));
        Assert.DoesNotContain("MemoryDenyWriteExecute=yes", lines);
    }

    /// <summary>systemd accepts every line; the programs stand in the folder of this test's own.</summary>
    [Theory]
    [MemberData(nameof(Units))]
    public async Task SystemdAcceptsIt(string unit)
    {
        if (!Tool.Exists("systemd-analyze"))
        {
            Assert.Skip("systemd-analyze is not installed here; the other tests check the unit's structure");
        }

        using var scratch = new TemporaryFolder();
        string copy = Path.Combine(scratch.Path, unit);
        await File.WriteAllTextAsync(copy, Repository.Text($"deploy/systemd/{unit}").Replace(InstalledAt, AppContext.BaseDirectory, StringComparison.Ordinal));
        (int code, string output, string error) = await Tool.RunAsync(scratch.Path, "systemd-analyze", ["verify", "--man=no", copy]);
        Assert.True(code == 0 && !error.Contains(unit, StringComparison.Ordinal), output + error);
    }

    private static string[] Lines(string unit) => Repository.LogicalLines(Repository.Text($"deploy/systemd/{unit}"));
}
