namespace Distributed.Protocol.Wire;

/// <summary>Where a token comes from: a file, or the environment; never the command line, which other users of the machine can read.</summary>
public static class TokenSource
{
    /// <summary>The token; null where neither is given.</summary>
    /// <param name="option">The option that names the file, for messages.</param>
    /// <param name="file">A file whose first line is the token, or null.</param>
    /// <param name="variable">The environment variable's value, or null.</param>
    /// <exception cref="InputException">The file cannot be read, or the token is too short, too long or not plain text.</exception>
    public static string? Read(string option, string? file, string? variable)
    {
        string? token = file is null ? variable : ReadFile(option, file);
        if (string.IsNullOrEmpty(token))
        {
            return file is null ? null : throw new InputException($"{option} {file}: the file is empty; its first line must be the token.");
        }

        string where = file is null ? $"the environment's token in place of {option}" : $"{option} {file}";
        if (token.Length is < ProtocolLimits.TokenCharactersMin or > ProtocolLimits.TokenCharactersMax)
        {
            throw new InputException(
                $"{where}: the token has {token.Length} characters; {ProtocolLimits.TokenCharactersMin} to {ProtocolLimits.TokenCharactersMax} are allowed.");
        }

        return token.All(c => c is > ' ' and < '\x7F')
            ? token
            : throw new InputException($"{where}: the token has a character that is not a printable ASCII one; make one with: openssl rand -hex 32");
    }

    private static string ReadFile(string option, string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            char[] start = new char[ProtocolLimits.TokenCharactersMax + 2];
            int count = reader.ReadBlock(start);
            return new string(start, 0, count).Split('\n')[0].TrimEnd('\r');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{option} {file}: it cannot be read: {error.Message}", error);
        }
    }
}
