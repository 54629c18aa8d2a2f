using Microsoft.Extensions.Configuration;
using Orchestrator.Functions.Settings;

namespace Orchestrator.EndToEnd.Tests.Retention;

/// <summary>How long what has ended is kept is set in whole days.</summary>
public sealed class RetentionPolicyTests
{
    [Theory]
    [InlineData(SettingNames.RunDays, "0", "expected a whole number of days from 1 to 3650; found '0'")]
    [InlineData(SettingNames.RunDays, "a while", "expected a whole number of days from 1 to 3650; found 'a while'")]
    [InlineData(SettingNames.RunDays, "1.5", "expected a whole number of days from 1 to 3650; found '1.5'")]
    [InlineData(SettingNames.RunDays, "3651", "expected a whole number of days from 1 to 3650; found '3651'")]
    [InlineData(SettingNames.DeliveryDays, "3", "expected a whole number of days from 4 to 3650, as GitHub keeps deliveries for three days and a sweep looks back an hour further; found '3'")]
    public void Days_that_are_none_or_too_few_are_refused(string setting, string value, string problem)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value }).Build();

        SettingsReader.Read(configuration).Problems.Select(one => one.ToString()).ShouldContain($"{setting}: {problem}");
    }
}
