namespace Orchestrator;

/// <summary>The sources that these tests were built from.</summary>
internal static class RepositoryFolder
{
    private static readonly string Root = Find();

    public static string Of(params string[] path) => Path.Combine([Root, .. path]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests read the sources that they were built from.");
        }

        return folder.FullName;
    }
}
