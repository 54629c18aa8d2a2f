namespace Orchestrator.Engine;

/// <summary>A data folder that this process holds alone. The operating system lets go of it when the process dies, however it dies.</summary>
internal sealed class EngineFolder : IDisposable
{
    private readonly FileStream held;

    private EngineFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "engine.db");

    public static EngineFolder Hold(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            var file = new FileStream(System.IO.Path.Combine(path, "engine.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new(path, file);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new EngineFolderInUseException(path, held);
        }
    }

    public void Dispose() => held.Dispose();
}
