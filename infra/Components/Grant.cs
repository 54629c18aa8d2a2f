using Orchestrator.Infra.AzureNative.Authorization;
using Orchestrator.Infra.AzureNative.ManagedIdentity;
using Pulumi;

namespace Orchestrator.Infra.Components;

/// <summary>Gives an identity one role in one place. Its name derives from all three, so that it is the same in every run.</summary>
internal static class Grant
{
    /// <summary>Gives <paramref name="role"/> on <paramref name="scope"/> to an identity.</summary>
    /// <param name="parent">The component that it belongs to.</param>
    /// <param name="name">The grant's name in the program.</param>
    /// <param name="scope">The id of what the role is for.</param>
    /// <param name="identity">Who gets it.</param>
    /// <param name="role">The role's full id.</param>
    public static RoleAssignment To(Resource parent, string name, Output<string> scope, UserAssignedIdentity identity, Input<string> role) => new(
        name,
        new()
        {
            Scope = scope,
            PrincipalId = identity.PrincipalId,
            PrincipalType = "ServicePrincipal",
            RoleDefinitionId = role,
            RoleAssignmentName = Output.Tuple(scope, identity.PrincipalId, role.ToOutput()).Apply(of => DeterministicGuid.Of(of.Item1, of.Item2, of.Item3)),
        },
        new() { Parent = parent });
}
