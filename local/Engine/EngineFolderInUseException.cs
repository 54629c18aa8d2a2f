namespace Orchestrator.Engine;

/// <summary>Another process holds the data folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="inner">What the operating system said.</param>
public sealed class EngineFolderInUseException(string folder, Exception inner)
    : InvalidOperationException($"The data folder '{Path.GetFullPath(folder)}' is in use by another process. Stop that one, or choose another folder.", inner);
