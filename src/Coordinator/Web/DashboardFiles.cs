namespace Distributed.Coordinator.Web;

/// <summary>The page's style sheet and script, which lie beside this file and travel inside the program.</summary>
internal static class DashboardFiles
{
    internal static string Css { get; } = Read("dashboard.css");

    internal static string Script { get; } = Read("dashboard.js");

    private static string Read(string name)
    {
        using Stream stream = typeof(DashboardFiles).Assembly.GetManifestResourceStream($"web/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
