using Orchestrator.Core.Names;

namespace Orchestrator.Core.Configurations;

/// <summary>What a stack's owners declare to the regime that it runs under. Rules read it; nothing here is legal advice.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Market">Whom the stack serves.</param>
/// <param name="Residency">The regions that the stack's data may be in.</param>
/// <param name="AllowsClosedModels">Whether closed models may be used.</param>
/// <param name="IsPublicService">Whether the public can use the service.</param>
/// <param name="IsUsPerson">Whether the operator is a US person or controlled by one.</param>
/// <param name="Filing">The filing of the generative-AI service, where one is needed.</param>
/// <param name="Ownership">Who owns the operator in the end.</param>
/// <param name="ExportLicence">The licence for controlled accelerators.</param>
/// <param name="ProtectionLevel">The level of multi-level protection (MLPS) and its certificate.</param>
/// <param name="Levels">Rules that are to warn instead of refuse, where the regime leaves room.</param>
public sealed record ComplianceConfiguration(
    string Path,
    Market Market,
    IReadOnlyList<RegionName> Residency,
    bool AllowsClosedModels,
    bool IsPublicService,
    bool IsUsPerson,
    FilingDeclaration? Filing,
    OwnershipDeclaration? Ownership,
    string? ExportLicence,
    ProtectionDeclaration? ProtectionLevel,
    IReadOnlyDictionary<string, ComplianceLevel> Levels);

/// <summary>Whom a stack serves.</summary>
public enum Market
{
    /// <summary>The United States.</summary>
    UnitedStates,

    /// <summary>Mainland China.</summary>
    China,

    /// <summary>Elsewhere.</summary>
    Other,
}

/// <summary>A filing or registration of a generative-AI service with the Chinese authorities.</summary>
/// <param name="Number">Its number, as it was issued.</param>
/// <param name="Office">Who issued it.</param>
/// <param name="Model">The model that it names.</param>
public sealed record FilingDeclaration(string Number, string Office, string Model);

/// <summary>Who owns the operator in the end.</summary>
/// <param name="Country">The country of the ultimate majority owner, ISO 3166-1 alpha-2.</param>
/// <param name="Date">When this was declared.</param>
public sealed record OwnershipDeclaration(string Country, DateOnly Date);

/// <summary>A level of multi-level protection.</summary>
/// <param name="Level">1 to 5.</param>
/// <param name="Certificate">The certificate's number.</param>
public sealed record ProtectionDeclaration(int Level, string Certificate);

/// <summary>What a rule does when it is broken.</summary>
public enum ComplianceLevel
{
    /// <summary>Nothing is deployed.</summary>
    Error,

    /// <summary>It is said, and the rest goes on.</summary>
    Warn,
}
