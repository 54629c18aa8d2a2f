namespace Orchestrator.Local.Commands;

/// <summary>The exit codes of all commands.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Broken = 1;
    public const int BadArguments = 2;
    public const int RolledBack = 3;
}
