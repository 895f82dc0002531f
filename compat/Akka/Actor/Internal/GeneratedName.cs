namespace Akka.Actor.Internal;

/// <summary>Names of actors that were given none: $a, $b, ... in base 64, least significant digit first.</summary>
internal static class GeneratedName
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    public static string Of(long number)
    {
        var name = "$";
        do
        {
            name += Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return name;
    }
}
