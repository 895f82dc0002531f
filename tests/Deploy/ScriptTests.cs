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
}
