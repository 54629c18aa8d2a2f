namespace Orchestrator.Functions.Settings;

/// <summary>The names of all settings. In the environment a colon is written as two underscores.</summary>
public static class SettingNames
{
    /// <summary>The topology as JSON text.</summary>
    public const string Topology = "Orchestrator:Topology";

    /// <summary>The path of a file that holds the topology; used when <see cref="Topology"/> is not set.</summary>
    public const string TopologyFile = "Orchestrator:TopologyFile";

    /// <summary>The stacks that this instance drives, separated by commas; all of the topology when not set.</summary>
    public const string Stacks = "Orchestrator:Stacks";

    /// <summary>Where people reach this instance; in Azure it is taken from <c>WEBSITE_HOSTNAME</c> when not set.</summary>
    public const string PublicUrl = "Orchestrator:PublicUrl";

    /// <summary>What the platform sets while its own authentication is on.</summary>
    public const string PlatformAuthentication = "WEBSITE_AUTH_ENABLED";

    /// <summary>The path of a PEM file with further root certificates that outgoing calls trust.</summary>
    public const string TrustedRoots = "Orchestrator:TrustedRoots";

    /// <summary>What follows when a release is edited: <c>ignore</c> or <c>restart</c>.</summary>
    public const string OnEdited = "Orchestrator:Releases:OnEdited";

    /// <summary>What follows when a release is deleted or made a draft again: <c>ignore</c>, <c>hold</c> or <c>stop</c>.</summary>
    public const string OnDeleted = "Orchestrator:Releases:OnDeleted";

    /// <summary>For how many whole days the runs of releases are kept after their end, before only their records are left.</summary>
    public const string RunDays = "Orchestrator:Retention:RunDays";

    /// <summary>For how many whole days the ledger keeps a delivery after it last came.</summary>
    public const string DeliveryDays = "Orchestrator:Retention:DeliveryDays";

    /// <summary>What the settings begin with that say where a stack's alerts go: <c>Alerts:STACK</c>, an address that takes CloudEvents.</summary>
    public const string Alerts = "Alerts";

    /// <summary>The root of GitHub's API; <c>https://api.github.com/</c> when not set.</summary>
    public const string GitHubApiUrl = "GitHub:ApiUrl";

    /// <summary>The secret that signs webhooks. Always needed.</summary>
    public const string WebhookSecret = "GitHub:WebhookSecret";

    /// <summary>A GitHub token; or an app, see <see cref="GitHubAppId"/>.</summary>
    public const string GitHubToken = "GitHub:Token";

    /// <summary>The GitHub App's id; needs <see cref="GitHubPrivateKey"/>.</summary>
    public const string GitHubAppId = "GitHub:AppId";

    /// <summary>The GitHub App's private key: PEM, or PEM in base64.</summary>
    public const string GitHubPrivateKey = "GitHub:PrivateKey";

    /// <summary>How much is written to GitHub in a minute at most.</summary>
    public const string WritesPerMinute = "GitHub:WritesPerMinute";

    /// <summary>How much is written to GitHub in an hour at most.</summary>
    public const string WritesPerHour = "GitHub:WritesPerHour";
}
