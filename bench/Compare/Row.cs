namespace Distributed.Bench.Compare;

/// <summary>A row of the table: knows how to measure itself.</summary>
internal abstract record Row(string Key)
{
    /// <summary>Measures; one result per line of the table.</summary>
    public abstract IEnumerable<RowResult> Measure(Setting setting);
}

/// <summary>What all rows share.</summary>
/// <param name="IsQuick">One round of few epochs: enough to see that everything runs.</param>
/// <param name="Cores">Cores that may be used, by their numbers.</param>
internal sealed record Setting(bool IsQuick, IReadOnlyList<int> Cores)
{
    private const int RepeatsMax = 2;
    private int _repeatsLeft = 12;

    /// <summary>The core of everything that is measured on one.</summary>
    public string OneCore => $"{Cores[^1]}";

    public int Rounds => IsQuick ? 1 : 3;

    public string FirstCores(int count) => string.Join(',', Cores.Take(count));

    /// <summary>Runs again while others disturb, a few times and not often in all; the quietest run counts.</summary>
    public EpochTimes Quietest(Func<EpochTimes> run)
    {
        EpochTimes best = run();
        for (int repeat = 0; repeat < RepeatsMax && _repeatsLeft > 0 && !IsQuick && !best.Process.IsQuiet; repeat++)
        {
            _repeatsLeft--;
            EpochTimes again = run();
            best = again.Process.OtherCpu < best.Process.OtherCpu ? again : best;
        }

        return best;
    }
}
