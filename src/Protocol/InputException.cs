namespace Distributed.Protocol;

/// <summary>
/// Something that came from outside is wrong: a file, a flag, a recipe. The message is one sentence for a person that says what, where, the value,
/// what is allowed and what to do. Programs print it without a stack trace and exit with code 2.
/// </summary>
public sealed class InputException : Exception
{
    /// <param name="message">The sentence.</param>
    /// <param name="inner">What the system reported, if anything.</param>
    public InputException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
