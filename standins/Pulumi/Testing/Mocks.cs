using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Answers in the engine's place.</summary>
public interface IMocks
{
    /// <summary>Called for each new resource: its id, null for a component, and its state, an object or a dictionary.</summary>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Called when a provider's function is called.</summary>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Called when a component says what comes out of it.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}

/// <summary>A resource that a program asks for.</summary>
public class MockResourceArgs
{
    /// <summary>Its type token.</summary>
    public string? Type { get; set; }

    /// <summary>The name that the program gave it.</summary>
    public string? Name { get; set; }

    /// <summary>Its inputs that are known: numbers are doubles, lists immutable arrays, objects dictionaries.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    /// <summary>Its provider's URN and id, with two colons between; empty when it has none of its own.</summary>
    public string? Provider { get; set; }

    /// <summary>The id of one that exists.</summary>
    public string? Id { get; set; }
}

/// <summary>A function that a program calls.</summary>
public class MockCallArgs
{
    /// <summary>Its token.</summary>
    public string? Token { get; set; }

    /// <summary>Its arguments.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    /// <summary>Its provider.</summary>
    public string? Provider { get; set; }
}

/// <summary>What comes out of a component.</summary>
public class MockRegisterResourceOutputsRequest
{
    /// <summary>The component.</summary>
#pragma warning disable CA1051 // As in the real package.
    public readonly string Urn;

    /// <summary>What comes out.</summary>
    public readonly ImmutableDictionary<string, Output<object?>> Outputs;
#pragma warning restore CA1051

    /// <summary>What comes out of a component.</summary>
    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}

/// <summary>How a program is tested.</summary>
public class TestOptions
{
    /// <summary>The project's name; "project" when null.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The stack's name; "stack" when null.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether it is a preview; it is one when null.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The organisation's name; "organization" when null.</summary>
    public string? OrganizationName { get; set; }
}
