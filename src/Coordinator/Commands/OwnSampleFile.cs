using System.Globalization;
using Distributed.Coordinator.Data;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Opens the file that predict was given, or standard input.</summary>
internal static class OwnSampleFile
{
    /// <summary>The word that stands for standard input.</summary>
    public const string StandardInput = "-";

    private const int InputBytesMax = 256 << 20;

    /// <summary>The content, seekable and at its start.</summary>
    /// <exception cref="InputException">There is none, or standard input does not end in time.</exception>
    public static Stream Open(string input, Func<Stream> openInput)
    {
        if (input == StandardInput)
        {
            using Stream stream = openInput();
            return ReadAll(stream);
        }

        if (Directory.Exists(input))
        {
            throw new InputException($"{input} is a folder; give a file with one sample, or the folder with --data {input}");
        }

        bool isNumber = int.TryParse(input, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isNumber && !File.Exists(input)
            ? throw new InputException($"{input} is no file; did you mean --index {input}?")
            : DataFile.OpenRead(input);
    }

    private static MemoryStream ReadAll(Stream stream)
    {
        var content = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (content.Length + read > InputBytesMax)
            {
                throw new InputException($"standard input holds more than {InputBytesMax} bytes; give the name of a file");
            }

            content.Write(buffer, 0, read);
        }

        content.Position = 0;
        return content;
    }
}
