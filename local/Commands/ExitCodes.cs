namespace Orchestrator.Local.Commands;

/// <summary>The exit codes of all commands.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Broken = 1;
    public const int BadArguments = 2;
    public const int RolledBack = 3;

    /// <summary>A cloud lacks something that a stack needs.</summary>
    public const int Lacking = 4;

    /// <summary>The orchestrator refuses what it was asked.</summary>
    public const int Refused = 5;

    /// <summary>Ctrl-C before there was a result; the shell's convention of 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
