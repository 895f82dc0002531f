using System.Text;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Fencing;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Numerics.Random;

namespace Distributed.Coordinator.Tests.Fencing;

/// <summary>
/// An old coordinator writes, a new one takes the run over, in every order of their operations on the store with up to three changes of turn, and in many
/// random ones. From the moment the new one has begun, nothing that the old one does may change what a reader of the run sees.
/// </summary>
public sealed class FencingScheduleTests
{
    private const int OperationsMax = 60;
    private const int RandomSchedules = 500;

    private static readonly RunOwner Old = new("old-host", 1, DateTimeOffset.UnixEpoch, "old", "1");
    private static readonly RunOwner New = new("new-host", 2, DateTimeOffset.UnixEpoch, "new", "2");

    [Fact]
    public void AnOldCoordinatorChangesNothingOnceANewOneHasBegun()
    {
        Assert.Empty(Violations(token => store => new FencedRunStore(store, token)));
    }

    /// <summary>The same schedules catch a coordinator that looks at the tokens before it writes, and then writes in place.</summary>
    [Fact]
    public void LookingBeforeWritingIsNotEnough()
    {
        Assert.NotEmpty(Violations(token => store => new LookingRunStore(store, token)));
    }

    [Fact]
    public void OfTwoThatWantTheSameTokenOneGetsIt()
    {
        foreach (Func<int, int> next in Schedules())
        {
            var store = new MemoryRunStore();
            var tokens = new TokenFolder(store);
            bool first = false, second = false;
            Schedule.Run(store, next, () => first = tokens.TryTake(new(1), Old), () => second = tokens.TryTake(new(1), New));
            Assert.True(first ^ second);
            Assert.Equal(first ? Old : New, tokens.OwnerOf(tokens.Newest));
        }
    }

    [Fact]
    public void OfTwoThatTakeTheNextTokenTheNewerCanWrite()
    {
        foreach (Func<int, int> next in Schedules())
        {
            var store = new MemoryRunStore();
            var tokens = new TokenFolder(store);
            Take(tokens, Old);
            Schedule.Run(store, next, () => Take(tokens, New), () => Take(tokens, New));
            AtomicFile.Write(new FencedRunStore(store, tokens.Newest), "report.html", [1]);
            for (long number = 1; number < tokens.Newest.Number; number++)
            {
                var older = new FencedRunStore(store, new(number));
                Assert.Throws<SupersededException>(() => AtomicFile.Write(older, "report.html", [2]));
            }

            Assert.Equal([1], store.Read("report.html"));
        }
    }

    private static IEnumerable<string> Violations(Func<FencingToken, Func<MemoryRunStore, IRunStore>> fencing)
    {
        foreach (Func<int, int> next in Schedules())
        {
            var found = new List<string>();
            var store = new MemoryRunStore();
            var tokens = new TokenFolder(store);
            Take(tokens, Old);
            IRunStore old = fencing(new FencingToken(1))(store);
            AtomicFile.Write(old, "run.json", [0]);
            CheckpointFile.Write(old, CheckpointName.PathOf(new(1)), SampleCheckpoint.Make(1));
            bool hasBegun = false;
            string seen = "";
            Schedule.Run(store, next, () => Write(old, 2, "old"), () =>
            {
                Take(tokens, New);
                IRunStore taken = fencing(tokens.Newest)(store);
                int step = new CheckpointCatalog(taken).RequireNewest().Checkpoint!.Position.Step.Value;
                MetricsHistory.Rewind(taken, step, epoch: 1);
                seen = Visible(store);
                hasBegun = true;
                Write(taken, step + 1, "new");
            }, who =>
            {
                string now = Visible(store);
                if (hasBegun && who == 0 && now != seen)
                {
                    found.Add($"the old one changed\n{seen}\nto\n{now}");
                }

                seen = now;
            });
            foreach (string violation in found)
            {
                yield return violation;
            }
        }
    }

    /// <summary>A stretch of a run: metrics, a checkpoint, the removal of old ones, the model.</summary>
    private static void Write(IRunStore store, int step, string name)
    {
        using var metrics = new MetricsWriter(store, _ => { });
        metrics.Write(Event(step, name));
        TryWrite(() => CheckpointFile.Write(store, CheckpointName.PathOf(new(step)), SampleCheckpoint.Make(step)));
        TryWrite(() => new CheckpointCatalog(store).Prune(keep: 1));
        metrics.Write(Event(step, name));
        TryWrite(() => AtomicFile.Write(store, "model.safetensors", Encoding.UTF8.GetBytes(name)));
    }

    private static EventMetrics Event(int step, string name) => new() { Step = step, Seconds = 0, Event = name, Text = name };

    /// <summary>The run survives a failing disk, and so goes on to the next write.</summary>
    private static void TryWrite(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            // A superseded coordinator ends here; that it also could go on is the harder case.
        }
    }

    private static void Take(TokenFolder tokens, RunOwner owner)
    {
        while (!tokens.TryTake(tokens.Newest.Next, owner))
        {
        }
    }

    /// <summary>Everything in the folder but the tokens' own.</summary>
    private static string Visible(MemoryRunStore store)
    {
        var text = new StringBuilder();
        foreach (string folder in new[] { "", CheckpointName.Folder })
        {
            foreach (string name in store.List(folder))
            {
                string path = folder.Length == 0 ? name : $"{folder}/{name}";
                text.Append($"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(store.Read(path)))[..8]}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Each tells who does the operation with a number: with up to three changes of turn, in steps, then at random.</summary>
    private static IEnumerable<Func<int, int>> Schedules()
    {
        for (int a = 0; a < OperationsMax; a++)
        {
            for (int b = a; b < OperationsMax; b += 3)
            {
                int first = a, second = b;
                yield return operation => operation < first || operation >= second ? 0 : 1;
            }
        }

        for (int seed = 0; seed < RandomSchedules; seed++)
        {
            var dice = Prng.ForAuxiliary((ulong)seed, 0);
            yield return _ => dice.NextInt32(2);
        }
    }
}
