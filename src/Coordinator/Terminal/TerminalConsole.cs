using System.Text;
using Spectre.Console;

namespace Distributed.Coordinator.Terminal;

/// <summary>The terminal library on one of our streams: it asks the process's own console for nothing.</summary>
public static class TerminalConsole
{
    /// <param name="stream">A terminal that understands escape codes.</param>
    public static IAnsiConsole For(ConsoleStream stream) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.EightBit,
            Out = new StreamOutput(stream),
            EnvironmentVariables = new Dictionary<string, string>(),
        });

    private sealed class StreamOutput(ConsoleStream stream) : IAnsiConsoleOutput
    {
        public TextWriter Writer => stream.Writer;

        public bool IsTerminal => stream.IsTerminal;

        public int Width => stream.Width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
