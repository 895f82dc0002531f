namespace Distributed.Browser;

/// <summary>Where the pictures go that tests make: among the test's output, or where <see cref="FolderVariable"/> says.</summary>
internal static class Pictures
{
    /// <summary>An environment variable with a folder.</summary>
    internal const string FolderVariable = "DISTRIBUTED_PICTURES";

    /// <summary>Where the picture of that name goes among the test's output, which says so.</summary>
    internal static string PathOf(string name) => In(Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures"), name);

    /// <summary>As <see cref="PathOf"/>, for a picture that the documentation shows.</summary>
    internal static string PathOfDocumented(string name) =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? In(folder, name) : PathOf(name);

    private static string In(string folder, string name)
    {
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        TestContext.Current.TestOutputHelper?.WriteLine($"picture: {path}");
        return path;
    }
}
