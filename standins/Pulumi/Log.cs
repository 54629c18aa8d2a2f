namespace Pulumi;

/// <summary>Tells the engine what the user should read.</summary>
public static class Log
{
    /// <summary>For who looks for a fault.</summary>
    public static void Debug(string message, Resource? resource = null) => Console.WriteLine($"debug: {message}");

    /// <summary>For everyone.</summary>
    public static void Info(string message, Resource? resource = null) => Console.WriteLine($"info: {message}");

    /// <summary>Something that may be wrong.</summary>
    public static void Warn(string message, Resource? resource = null) => Console.Error.WriteLine($"warning: {message}");

    /// <summary>Something that is wrong: the run fails.</summary>
    public static void Error(string message, Resource? resource = null) => Deployment.Running.Error(message);
}
