namespace Distributed.Deploy;

/// <summary>The shell scripts, and the commands on the page.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts => ["slurm/train.sbatch", "slurm/workers.sbatch", "healthcheck.sh"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task BashAcceptsIt(string script) => Tool.RunWellAsync(Repository.Root, "bash", ["-n", $"deploy/{script}"]);

    [Theory]
    [InlineData("slurm/train.sbatch", "coordinator", "worker")]
    [InlineData("slurm/workers.sbatch", "worker")]
    [InlineData("README.md", "worker")]
    public void TheProgramsUnderstandTheirCommands(string file, params string[] roles)
    {
        RoleCommand[] commands = Repository.LogicalLines(Repository.Text($"deploy/{file}")).Select(RoleCommand.In).OfType<RoleCommand>().ToArray();
        Assert.All(roles, role => Assert.Contains(commands, command => command.Role == role));
        Assert.All(commands, command => Assert.True(command.Objection() is null, $"{string.Join(' ', command.Arguments)}: {command.Objection()}"));
    }

    /// <summary>sbatch reads its own lines only before the first command.</summary>
    [Theory]
    [InlineData("slurm/train.sbatch")]
    [InlineData("slurm/workers.sbatch")]
    public void SbatchSeesItsLines(string script)
    {
        string[] lines = Repository.Text($"deploy/{script}").Split('\n');
        int firstCommand = Array.FindIndex(lines, line => line.Length > 0 && !line.StartsWith('#'));
        Assert.Contains(lines[..firstCommand], line => line.StartsWith("#SBATCH --ntasks=", StringComparison.Ordinal));
        Assert.DoesNotContain(lines[firstCommand..], line => line.StartsWith("#SBATCH", StringComparison.Ordinal));
    }

    /// <summary>The whole job on this machine: srun starts as many workers as there are tasks, and nothing else of Slurm is needed.</summary>
    [Fact]
    public async Task TheSlurmJobTrains()
    {
        using var scratch = new TemporaryFolder();
        string srun = Path.Combine(scratch.Path, "srun");
        await File.WriteAllTextAsync(
            srun,
            """
            #!/usr/bin/env bash
            while [[ $1 == --* ]]; do shift; done
            for ((task = 0; task < SLURM_NTASKS; task++)); do "$@" & done
            wait
            """);
        await Tool.RunWellAsync(scratch.Path, "chmod", ["+x", srun]);
        string output = await Tool.RunWellAsync(
            scratch.Path,
            "bash",
            [Repository.PathOf("deploy/slurm/train.sbatch"), "--epochs", "1", "--train-samples", "2000"],
            ("PATH", $"{scratch.Path}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("DISTRIBUTED_HOME", AppContext.BaseDirectory.TrimEnd('/')),
            ("SLURM_JOB_ID", Environment.ProcessId.ToString()),
            ("SLURM_NTASKS", "2"));
        string built = await Tool.RunWellAsync(
            scratch.Path,
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "coordinator.dll"), "--workers", "1", "--epochs", "1", "--train-samples", "2000", "--run-dir", "built"]);
        Assert.Equal(ClosingLine(built), ClosingLine(output));
    }

    private static string ClosingLine(string output) => output.TrimEnd().Split('\n')[^1];
}
