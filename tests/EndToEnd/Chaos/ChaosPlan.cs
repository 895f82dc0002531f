namespace Distributed.EndToEnd.Chaos;

/// <summary>What is done to a worker.</summary>
internal enum Fault
{
    /// <summary>Killed, and started again by whoever started it.</summary>
    Kill,

    /// <summary>Stopped for a moment: it is only slow.</summary>
    Pause,

    /// <summary>Stopped for longer than it may be silent, then let go.</summary>
    Hang,

    /// <summary>Asked to leave, and started again.</summary>
    Leave,
}

/// <summary>A worker to come to harm, how, and after how long a pause.</summary>
internal readonly record struct PlannedFault(int Victim, Fault Fault, TimeSpan Pause);

/// <summary>Faults drawn from a seed, and how many times the coordinator is killed among them.</summary>
internal sealed class ChaosPlan
{
    internal ChaosPlan(int seed, int faults, int coordinatorKills, int victims)
    {
        var random = new System.Random(seed);
        Fault[] kinds = [Fault.Kill, Fault.Kill, Fault.Kill, Fault.Pause, Fault.Pause, Fault.Leave, Fault.Hang];
        Faults = Enumerable.Range(0, faults)
            .Select(_ => new PlannedFault(random.Next(victims), kinds[random.Next(kinds.Length)], TimeSpan.FromMilliseconds(300 + random.Next(700))))
            .ToArray();
        KillsCoordinatorAfter = Enumerable.Range(1, coordinatorKills).Select(i => i * faults / (coordinatorKills + 1)).ToHashSet();
    }

    internal IReadOnlyList<PlannedFault> Faults { get; }

    /// <summary>Numbers of faults after which the coordinator is killed.</summary>
    internal IReadOnlySet<int> KillsCoordinatorAfter { get; }
}
