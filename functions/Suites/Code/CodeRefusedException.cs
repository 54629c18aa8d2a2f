namespace Orchestrator.Functions.Suites.Code;

/// <summary>Code, or what it returned, is not what the sandbox takes; the message says what, for people.</summary>
internal sealed class CodeRefusedException(string message) : Exception(message);
