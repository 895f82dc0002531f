using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>Events as lines.</summary>
public static class EventText
{
    /// <summary>
    /// "warning: worker-3 was lost"; information goes without a prefix. Control characters, which a file or a peer may have sent,
    /// become "?".
    /// </summary>
    public static string For(string text, EventLevel level)
    {
        string prefix = level switch
        {
            EventLevel.Warning => "warning: ",
            EventLevel.Error => "error: ",
            _ => "",
        };
        return prefix + string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '?' : c));
    }
}
