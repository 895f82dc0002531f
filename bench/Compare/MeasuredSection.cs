using System.Security.Cryptography;
using System.Text;

namespace Distributed.Bench.Compare;

/// <summary>
/// The part of a document that a command writes, between two markers. The first holds the SHA-256 of what lies between them, so that a figure
/// nobody measured is noticed.
/// </summary>
internal static class MeasuredSection
{
    /// <summary>The document with <paramref name="body"/> in the section of that name, which it must have.</summary>
    public static string Replace(string document, string name, string body)
    {
        string end = $"<!-- {name}:end -->";
        int from = document.IndexOf($"<!-- {name}:begin", StringComparison.Ordinal), to = document.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"the document has lost its {name}:begin and {name}:end markers");
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        return $"{document[..from]}<!-- {name}:begin sha256={digest} -->\n{body}{document[to..]}";
    }
}
