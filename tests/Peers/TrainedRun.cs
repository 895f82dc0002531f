using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Storage;

namespace Distributed.Peers;

/// <summary>One epoch of the default recipe, trained by the program.</summary>
internal sealed class TrainedRun : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public TrainedRun()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "coordinator.dll");
        PeerResult? result = PeerProcess.TryRun(
            "dotnet", _scratch.Root, program, "train", "--single-process", "--epochs", "1", "--run-dir", _scratch["run"]);
        Assert.NotNull(result);
        Output = result.Expect();
    }

    /// <summary>What it printed as results.</summary>
    public string Output { get; }

    public TrainedModel ReadModel() => ModelFile.Read(new FolderRunStore(_scratch["run"]), ModelFile.Name);

    public void Dispose() => _scratch.Dispose();
}
