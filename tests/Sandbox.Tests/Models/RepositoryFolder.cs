namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>The sources that these tests were built from.</summary>
internal static class RepositoryFolder
{
    public static string Of(params string[] path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests read the sources that they were built from.");
        }

        return Path.Combine([folder.FullName, .. path]);
    }
}
