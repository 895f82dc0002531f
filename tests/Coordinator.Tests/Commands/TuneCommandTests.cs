using Distributed.Coordinator.Tuning;
using Distributed.Protocol;
using static Distributed.Coordinator.Tests.Commands.FakeTrials;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>A tuning from its command line to its files, with a trainer that only pretends.</summary>
public sealed class TuneCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tuning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_result_is_sorted_and_names_the_command_that_trains_the_best()
    {
        var runner = new CommandLineRunner();
        Assert.Equal(0, runner.Run($"tune --grid learning-rate=0.1,0.2 --grid hidden=64,32;none --epochs 2 --data {_folder}/a.csv --tune-dir {_folder}/t"));
        string[] lines = runner.Output.TrimEnd().Split('\n');
        Assert.Equal(["4", "3", "2", "1"], lines[1..5].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.Equal($"best: trial 4 (learning-rate 0.2, hidden none), in {_folder}/t/trial-004; this trains the same weights:", lines[5]);
        Assert.Equal(
            $"  coordinator --recipe scratch-mlp --hidden none --learning-rate 0.2 --epochs 2 --validation-split 0.1 --data {_folder}/a.csv", lines[6]);
        Assert.Equal(["test accuracy 0.5000", $"weights digest {4:x64}"], lines[7..]);
        Assert.Contains("holds no validation samples out", runner.Error);
        Assert.Equal(5, File.ReadAllLines($"{_folder}/t/tuning.csv").Length);
        Assert.Contains("<svg", File.ReadAllText($"{_folder}/t/tuning.svg"));
        Assert.Equal(new(_folder + "/a.csv"), runner.Trials.Asked);
    }

    [Fact]
    public void Trials_that_fail_come_last_with_their_reason_and_stop_nothing()
    {
        var runner = new CommandLineRunner();
        runner.Trials.Outcome = work => work.Trial.Number < 3 ? Failed(work, "the gradient is NaN") : Reached(work, 0.9);
        Assert.Equal(0, runner.Run($"tune --recipe adam-mlp --grid seed=1,2,3,4 --tune-dir {_folder}/t"));
        string[] csv = File.ReadAllLines($"{_folder}/t/tuning.csv");
        Assert.Equal("rank,trial,seed,epochs,validation_accuracy,validation_loss,outcome,weights_digest", csv[0]);
        Assert.Equal($"1,3,3,5,0.9,0.09999999999999998,finished,{3:x64}", csv[1]);
        Assert.Equal($"2,4,4,5,0.9,0.09999999999999998,finished,{4:x64}", csv[2]);
        Assert.Equal(["3,1,1,0,,,failed in epoch 1,", "4,2,2,0,,,failed in epoch 1,"], csv[3..]);
        Assert.Contains("trial 2 failed in epoch 1: the gradient is NaN", runner.Output);
        Assert.Contains("warning: trial 1 (seed 1) failed in epoch 1: the gradient is NaN", runner.Error);
        Assert.Contains("coordinator --recipe adam-mlp --seed 3\n", runner.Output);
    }

    [Fact]
    public void Only_when_every_trial_failed_has_the_tuning()
    {
        var runner = new CommandLineRunner();
        runner.Trials.Outcome = work => Failed(work, "the gradient is NaN");
        Assert.Equal(1, runner.Run($"tune --grid seed=1,2 --tune-dir {_folder}/t"));
        Assert.Contains("error: no trial was trained to its end: the gradient is NaN\n", runner.Error);
        Assert.DoesNotContain("best", runner.Output);
    }

    [Fact]
    public void Halving_trains_the_best_further()
    {
        var runner = new CommandLineRunner();
        Assert.Equal(0, runner.Run($"tune --recipe adam-mlp --grid seed=1,2,3,4,5,6,7,8,9 --epochs 18 --halving --tune-dir {_folder}/t --parallel 1"));
        Assert.Equal(
            [.. Enumerable.Range(1, 9).Select(trial => (trial, 2)), (7, 6), (8, 6), (9, 6), (9, 18)],
            runner.Trials.Trained.Select(work => (work.Trial.Number, work.Epochs)));
        Assert.Contains("rung 1 is done: trials 9, 8 and 7 go on; trials 6, 5, 4, 3, 2 and 1 stop\n", runner.Error);
        Assert.Contains(",\"stopped after 6 epochs: place 2 of 3, and 1 went on\",", File.ReadAllText($"{_folder}/t/tuning.csv"));
    }

    [Fact]
    public void A_stopped_tuning_ends_with_the_command_that_goes_on_and_goes_on()
    {
        var runner = new CommandLineRunner();
        runner.Trials.Outcome = work =>
        {
            if (work.Trial.Number == 2)
            {
                runner.Interrupts.Press();
                return null;
            }

            return Reached(work, 0.25);
        };
        Assert.Equal(130, runner.Run($"tune --grid seed=1,2,3 --parallel 1 --tune-dir {_folder}/t"));
        Assert.EndsWith($"stopped; this goes on where it was:\n  coordinator tune --resume {_folder}/t --parallel 1\n", runner.Error);
        Assert.Equal("", runner.Output);

        var second = new CommandLineRunner();
        Assert.Equal(0, second.Run($"tune --resume {_folder}/t --parallel 1"));
        Assert.Equal([2, 3], second.Trials.Trained.Select(work => work.Trial.Number));
        Assert.Contains("3 trials, 1 of them done; one at a time, with 6 workers\n", second.Error);

        var third = new CommandLineRunner();
        Assert.Equal(0, third.Run($"tune --resume {_folder}/t"));
        Assert.Empty(third.Trials.Trained);
        Assert.Equal(second.Output, third.Output);
    }

    [Fact]
    public void A_disk_that_fails_ends_the_tuning_with_the_command_that_goes_on()
    {
        var runner = new CommandLineRunner();
        runner.Trials.Outcome = _ => throw new IOException("No space left on device.");
        Assert.Equal(1, runner.Run($"tune --grid seed=1,2 --tune-dir {_folder}/t"));
        Assert.EndsWith(
            $"error: No space left on device. Make room or mend what is wrong; this goes on where it was:\n  coordinator tune --resume {_folder}/t\n",
            runner.Error);
        var second = new CommandLineRunner();
        Assert.Equal(0, second.Run($"tune --resume {_folder}/t"));
    }

    [Fact]
    public void A_resumed_tuning_wants_the_same_samples_and_its_own_ledger()
    {
        Assert.Equal(0, new CommandLineRunner().Run($"tune --grid seed=1,2 --tune-dir {_folder}/t"));
        var other = new CommandLineRunner();
        other.Trials.DataDigest = new Digest(new string('e', 64));
        Assert.Equal(2, other.Run($"tune --resume {_folder}/t"));
        Assert.Contains("but the tuning to resume was begun on dddd", other.Error);

        File.AppendAllText($"{_folder}/t/{TuningLedger.FileName}", "{\"trial\":9}\n");
        Assert.StartsWith($"line 3 of '{_folder}/t/ledger.jsonl' is no result of this tuning", CommandLineRunner.Refusal($"tune --resume {_folder}/t"));
    }

    [Fact]
    public void A_folder_is_held_by_one_tuning_and_is_not_overwritten()
    {
        Assert.Equal(0, new CommandLineRunner().Run($"tune --grid seed=1,2 --tune-dir {_folder}/t"));
        using (TuningFolder held = TuningFolder.Hold($"{_folder}/t"))
        {
            Assert.StartsWith($"{held.Path}: another process is tuning in this folder", CommandLineRunner.Refusal($"tune --resume {_folder}/t"));
        }

        Assert.Equal(
            $"--tune-dir {_folder}/t already holds a tuning; continue it with tune --resume {_folder}/t, or give another folder",
            CommandLineRunner.Refusal($"tune --grid seed=1,2 --tune-dir {_folder}/t"));
        Assert.Equal(
            $"--tune-dir {_folder} is not a new or empty folder; give one that is",
            CommandLineRunner.Refusal($"tune --grid seed=1,2 --tune-dir {_folder}"));
        Assert.Equal(
            $"--resume {_folder}/t holds no run: it has no run.json; it is a tuning, which goes on with coordinator tune --resume {_folder}/t",
            CommandLineRunner.Refusal($"--resume {_folder}/t"));
        File.WriteAllText($"{_folder}/run.json", "{}");
        Assert.EndsWith($"(a run goes on with coordinator --resume {_folder})", CommandLineRunner.Refusal($"tune --resume {_folder}"));
    }
}
