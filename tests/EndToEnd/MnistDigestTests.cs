using System.Diagnostics;

namespace Distributed.EndToEnd;

/// <summary>The guarantee on real data: one epoch of the full MNIST, as a process of its own, with whatever the runtime may use of the processor.</summary>
public sealed class MnistDigestTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OneEpochOfMnistEndsWithTheSameBytesEverywhere()
    {
        string expected = (await Trainer.TrainAsync(_folder, "--epochs", "1", "--workers", "1")).Digest;
        Assert.Equal(expected, (await Trainer.TrainAsync(_folder, "--epochs", "1", "--workers", "3")).Digest);
        Assert.Equal(expected, (await RunProcessAsync("DOTNET_EnableAVX512", "--epochs", "1", "--workers", "2")).Digest);
    }

    /// <summary>Without hardware FMA every multiply-add is done in software, which is slow: a part of the data is enough.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256-bit")]
    [InlineData("DOTNET_EnableAVX2", "scalar")]
    [InlineData("DOTNET_EnableHWIntrinsic", "scalar")]
    public async Task AnyInstructionSetEndsWithTheSameBytes(string off, string kernels)
    {
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported is false)
        {
            Assert.Skip("this processor has no AVX2, so there is nothing to switch off");
        }

        string[] arguments = ["--epochs", "1", "--workers", "2", "--train-samples", "1000", "--recipe", "adam-mlp", "--dropout", "0.2"];
        string expected = (await Trainer.TrainAsync(_folder, arguments)).Digest;
        Result result = await RunProcessAsync(off, arguments);
        Assert.Contains($"{kernels} kernels", result.Error);
        Assert.Equal(expected, result.Digest);
    }

    private async Task<Result> RunProcessAsync(string off, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "coordinator.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--run-dir", _folder.NewRun(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [off] = "0" },
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var result = new Result(process.ExitCode, output, await error);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
