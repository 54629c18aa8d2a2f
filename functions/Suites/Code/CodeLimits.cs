namespace Orchestrator.Functions.Suites.Code;

/// <summary>What code from an answer may use up. Solutions of small tasks need a thousandth of it.</summary>
internal static class CodeLimits
{
    /// <summary>Characters of an answer that is looked through.</summary>
    public const int Answer = 512 * 1024;

    /// <summary>Characters of the code.</summary>
    public const int Code = 64 * 1024;

    /// <summary>How deep expressions and blocks may lie in one another: what runs them goes as deep.</summary>
    public const int Nesting = 200;

    /// <summary>Bytes that one entry, the code or the call, may allocate.</summary>
    public const int Memory = 16 * 1024 * 1024;

    /// <summary>Calls of the same function within one another.</summary>
    public const int Recursion = 64;

    /// <summary>Statements of one entry.</summary>
    public const int Statements = 200_000;

    /// <summary>Elements of an array, with the room that it grows by.</summary>
    public const uint Elements = 1 << 17;

    /// <summary>Characters of a string, whatever it comes from: a built-in function may read the same one a hundred thousand times.</summary>
    public const int Text = 16 * 1024;

    /// <summary>Characters of a pattern that is put together at run time.</summary>
    public const int Pattern = 1000;

    /// <summary>Expressions in one template.</summary>
    public const int Template = 100;

    /// <summary>Values that one call of flat or JSON.stringify may look at.</summary>
    public const int Visits = 200_000;

    /// <summary>Levels of JSON.</summary>
    public const int Levels = 64;

    /// <summary>Characters of a result as JSON.</summary>
    public const int Result = 64 * 1024;

    /// <summary>Characters of an outcome's detail.</summary>
    public const int Detail = 300;

    /// <summary>The stack that code runs on, in bytes: enough for all of the above within one another.</summary>
    public const int Stack = 16 * 1024 * 1024;

    /// <summary>How long a check may take: the last resort, behind statements and memory. A busy machine must not fail what is right.</summary>
    public static TimeSpan Check { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long all checks together may take.</summary>
    public static TimeSpan All { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one search for a pattern may take.</summary>
    public static TimeSpan Regex { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>When a thread is given up that does not end by the limits above.</summary>
    public static TimeSpan Abandon { get; } = TimeSpan.FromSeconds(30);
}
