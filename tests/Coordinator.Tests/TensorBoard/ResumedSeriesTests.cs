using Distributed.Coordinator.Storage;
using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.TensorBoard;

/// <summary>A run that is killed and resumed at random shows the same series as one that never was, whoever reads and whenever.</summary>
public sealed class ResumedSeriesTests
{
    private const int Steps = 60;
    private const int CheckpointEvery = 7;

    [Fact]
    public void Kills_and_resumes_leave_no_trace()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var run = new KilledRun(seed);
            run.ToTheEnd();
            foreach (string tag in new[] { "step", "epoch" })
            {
                Assert.Equal(Expected(tag), SampleReader.Scalars(SampleReader.Events(run.Store))[tag]);
                Assert.Equal(Expected(tag), SampleReader.Scalars(run.Watched)[tag]);
            }
        }
    }

    private static List<(long, float)> Expected(string tag) =>
        [.. Enumerable.Range(1, Steps).Where(step => tag == "step" || step % 10 == 0).Select(step => ((long)step, step / 2f))];

    /// <summary>A run whose process dies at random steps, sometimes in the middle of a write; a TensorBoard watches all the time.</summary>
    private sealed class KilledRun(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly SetTime _time = new(1_700_000_000);
        private readonly Dictionary<string, int> _watchedEvents = [];
        private int _checkpoint;

        public MemoryRunStore Store { get; } = new();

        /// <summary>
        /// What a TensorBoard that never closed a file has in memory: every event it saw, without those of a START's step and later when a
        /// second START came.
        /// </summary>
        public List<Event> Watched { get; } = [];

        public void ToTheEnd()
        {
            bool isFirst = true;
            while (_checkpoint < Steps)
            {
                _time.UnixSeconds += _random.Next(3) - 1;
                TensorBoardWriter writer = isFirst
                    ? TensorBoardWriter.Start(Store, _time, Assert.Fail)
                    : TensorBoardWriter.Resume(Store, _time, Assert.Fail, _checkpoint);
                isFirst = false;
                RunUntilKilled(writer);
            }
        }

        private void RunUntilKilled(TensorBoardWriter writer)
        {
            int killedAt = _checkpoint + 1 + _random.Next(20);
            for (int step = _checkpoint + 1; step <= Math.Min(Steps, killedAt); step++)
            {
                Train(writer, step);
                if (step % CheckpointEvery == 0 || step == Steps)
                {
                    _checkpoint = step;
                }

                if (_random.Next(3) == 0)
                {
                    Watch();
                }
            }

            Watch();
            TearLastWrite();
        }

        private static void Train(TensorBoardWriter writer, int step)
        {
            writer.WriteScalars(step, ("step", step / 2.0));
            if (step % 10 == 0)
            {
                writer.WriteScalars(step, ("epoch", step / 2.0));
            }
        }

        /// <summary>The process died while it wrote one more record.</summary>
        private void TearLastWrite()
        {
            if (_checkpoint < Steps && _random.Next(2) == 0)
            {
                byte[] record = EventRecord.Encode(new Event { Step = Steps, Summary = new Summary() });
                using IStoreFile file = Store.OpenAppend(EventFileName.List(Store, "")[^1]);
                file.Write(record.AsSpan(0, _random.Next(record.Length)));
            }
        }

        private void Watch()
        {
            foreach (string path in EventFileName.List(Store, ""))
            {
                List<Event> events = [.. SampleReader.Events(Store.Read(path))];
                int seen = _watchedEvents.GetValueOrDefault(path);
                foreach (Event message in events.Skip(seen))
                {
                    See(message);
                }

                _watchedEvents[path] = Math.Max(seen, events.Count);
            }
        }

        private void See(Event message)
        {
            bool isStart = message.SessionLog?.Status == SessionLog.Types.SessionStatus.Start;
            if (isStart && Watched.Exists(seen => seen.SessionLog is not null))
            {
                Watched.RemoveAll(seen => seen.Step >= message.Step);
            }

            Watched.Add(message);
        }
    }
}
