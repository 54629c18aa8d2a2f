namespace Pulumi;

/// <summary>Tells the engine what the user should read. With mocks in the engine's place nobody reads any of it but errors.</summary>
public static class Log
{
    /// <summary>For who looks for a fault.</summary>
    public static void Debug(string message, Resource? resource = null)
    {
    }

    /// <summary>For everyone.</summary>
    public static void Info(string message, Resource? resource = null)
    {
    }

    /// <summary>Something that may be wrong.</summary>
    public static void Warn(string message, Resource? resource = null)
    {
    }

    /// <summary>Something that is wrong: the run fails.</summary>
    public static void Error(string message, Resource? resource = null) => Deployment.Running.Error(message);
}
