using Microsoft.Extensions.Configuration;
using Orchestrator.Core.Configurations;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;
using Orchestrator.Functions.Azure;
using Orchestrator.Functions.Outbound;
using Orchestrator.Functions.Settings;

namespace Orchestrator.Local.Doctor;

/// <summary>Makes the way to each stack's cloud: as the person who runs this, or as the function app that a topology describes.</summary>
/// <param name="settings">The function app's settings; null to be the person.</param>
internal sealed class StackConnector(OrchestratorSettings? settings)
{
    /// <summary>Reads the function app's settings from the environment, and its topology from <paramref name="topology"/>.</summary>
    public static Parsed<OrchestratorSettings> Settings(FileInfo topology) => SettingsReader.Read(
        new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(new Dictionary<string, string?> { [SettingNames.TopologyFile] = topology.FullName }).Build());

    /// <summary>The way to the stack's cloud; null when the topology has no stack of that name.</summary>
    public StackConnection? Connect(StackConfiguration stack)
    {
        if (settings is null)
        {
            return new(AsPerson(stack), null, () => OutboundHandlers.Create([]));
        }

        return settings.Topology.Stacks.FirstOrDefault(one => one.Name == stack.Name) is { } known
            ? new(known, settings.StackSecrets.GetValueOrDefault(known.Name), () => OutboundHandlers.Create(settings.TrustedRoots))
            : null;
    }

    private static StackDefinition AsPerson(StackConfiguration stack) =>
        new(stack.Name, stack.Cloud, stack.TenantId, stack.SubscriptionId, new(CredentialKind.Default), []);
}
