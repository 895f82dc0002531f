using System.Text;

namespace Distributed.EndToEnd;

/// <summary>A small made-up table that a small network can learn: three clusters with odd sizes, so that every remainder of the kernels is used.</summary>
internal static class SmallData
{
    internal const int Features = 21;
    internal const int Classes = 3;

    /// <summary>Writes <paramref name="samples"/> rows, the label first, and returns the path.</summary>
    internal static string Write(TestFolder folder, string name, int samples, int seed)
    {
        var random = new System.Random(seed);
        var text = new StringBuilder("label");
        for (int f = 0; f < Features; f++)
        {
            text.Append($",x{f}");
        }

        text.Append('\n');
        for (int i = 0; i < samples; i++)
        {
            int label = random.Next(Classes);
            text.Append(label);
            for (int f = 0; f < Features; f++)
            {
                text.Append($",{(f % Classes == label ? 1.0 : 0.0) + (random.NextDouble() * 1.5):F4}");
            }

            text.Append('\n');
        }

        string path = folder.File(name);
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
