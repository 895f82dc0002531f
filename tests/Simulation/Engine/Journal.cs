namespace Distributed.Simulation.Engine;

/// <summary>
/// Every event of a simulation: into a running digest always (FNV-1a, so that two runs of a seed can be compared), as an aligned line
/// of text when somebody reads.
/// </summary>
/// <param name="loop">Gives the time.</param>
/// <param name="write">Takes the lines; null when nobody reads.</param>
public sealed class Journal(EventLoop loop, Action<string>? write)
{
    private const ulong Prime = 0x100000001b3;

    /// <summary>Identifies everything that was noted so far, and when.</summary>
    public ulong Digest { get; private set; } = 0xcbf29ce484222325;

    /// <summary>True when lines are read.</summary>
    public bool IsRead => write is not null;

    /// <summary>Something happened at <paramref name="who"/>.</summary>
    public void Note(string who, string what, JournalText details = default)
    {
        Mix((ulong)loop.Now.Ticks);
        Mix((ulong)who.Length ^ ((ulong)who[^1] << 8));
        foreach (char letter in what)
        {
            Mix(letter);
        }

        write?.Invoke($"{loop.Now.TotalSeconds,11:F6}  {who,-13} {what,-18} {details.Text}");
    }

    /// <summary>As above; <paramref name="details"/> are put together only when somebody reads.</summary>
    public void Note(
        string who,
        string what,
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] ref JournalTextHandler details) =>
        Note(who, what, new JournalText(details.ToString()));

    private void Mix(ulong value) => Digest = (Digest ^ value) * Prime;
}

/// <summary>The details of a line.</summary>
public readonly record struct JournalText(string? Text);
