using System.Text;

namespace Distributed.Coordinator.Terminal;

/// <summary>The process's own standard streams.</summary>
public static class SystemConsole
{
    private const int BufferBytes = 16_384;

    public static ConsoleStream Output() =>
        new(Writer(Console.OpenStandardOutput()), !Console.IsOutputRedirected, HasEscapes(Console.IsOutputRedirected), ReadWidth);

    public static ConsoleStream Error() =>
        new(Writer(Console.OpenStandardError()), !Console.IsErrorRedirected, HasEscapes(Console.IsErrorRedirected), ReadWidth);

    /// <summary>Large enough that a frame of the live display leaves in one write.</summary>
    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes) { AutoFlush = true };

    private static bool HasEscapes(bool isRedirected) =>
        !isRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "");

    /// <summary>0 where the system does not say.</summary>
    private static int ReadWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
