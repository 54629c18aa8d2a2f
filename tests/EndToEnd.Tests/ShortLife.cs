using System.Diagnostics;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Processes of the program that end after seconds, often by being killed.</summary>
internal static class ShortLife
{
    /// <summary>Has it compile nothing for the second time: that pays off later than it ends.</summary>
    public static void Expect(ProcessStartInfo start) => start.Environment["DOTNET_TC_CallCounting"] = "0";
}
