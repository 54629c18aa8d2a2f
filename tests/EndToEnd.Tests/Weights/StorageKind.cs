namespace Orchestrator.EndToEnd.Tests.Weights;

/// <summary>The blob storages that everything is held to: Microsoft's emulator, and the sandbox's.</summary>
public enum StorageKind
{
    Sandbox,
    Azurite,
}
