using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;

namespace StandIns.Tests.Pulumi;

/// <summary>A resource as a provider's SDK would have it.</summary>
internal sealed class Thing : CustomResource
{
    public Thing(string name, ThingArgs? args = null, CustomResourceOptions? options = null)
        : base("lab:index:Thing", name, args ?? new ThingArgs(), options)
    {
    }

    [Output("size")]
    public Output<int> Size { get; private set; } = null!;

    [Output("labels")]
    public Output<ImmutableDictionary<string, string>> Labels { get; private set; } = null!;

    [Output("parts")]
    public Output<ImmutableArray<PartResult>> Parts { get; private set; } = null!;

    [Output("address")]
    public Output<string?> Address { get; private set; } = null!;
}

internal sealed class ThingArgs : ResourceArgs
{
    [Input("labels")]
    private InputMap<string>? labels;

    [Input("parts")]
    private InputList<PartArgs>? parts;

    [Input("size")]
    public Input<int>? Size { get; set; }

    [Input("displayName")]
    public Input<string>? DisplayName { get; set; }

    [Input("isPublic")]
    public Input<bool>? IsPublic { get; set; }

    [Input("main")]
    public Input<PartArgs>? Main { get; set; }

    public InputMap<string> Labels
    {
        get => labels ??= [];
        set => labels = value;
    }

    public InputList<PartArgs> Parts
    {
        get => parts ??= [];
        set => parts = value;
    }
}

internal sealed class PartArgs : ResourceArgs
{
    [Input("partName", required: true)]
    public Input<string>? PartName { get; set; }

    [Input("weight")]
    public Input<double>? Weight { get; set; }
}

[OutputType]
internal sealed class PartResult
{
    [OutputConstructor]
    private PartResult(string partName, double? weight)
    {
        PartName = partName;
        Weight = weight;
    }

    public string PartName { get; }

    public double? Weight { get; }
}

internal sealed class LabProviderArgs : ResourceArgs
{
    [Input("region")]
    public Input<string>? Region { get; set; }

    [Input("strict", json: true)]
    public Input<bool>? Strict { get; set; }
}

internal sealed class LabProvider(string name, LabProviderArgs args, CustomResourceOptions? options = null) : ProviderResource("lab", name, args, options);

internal sealed class Group : ComponentResource
{
    public Group(string name, ComponentResourceOptions? options = null)
        : base("lab:index:Group", name, options)
    {
        First = new($"{name}-first", new() { Size = 1 }, new() { Parent = this });
        RegisterOutputs(new Dictionary<string, object?> { ["first"] = First.Id });
    }

    public Thing First { get; }
}

/// <summary>A program as a class.</summary>
internal sealed class ThingStack : Stack
{
    public ThingStack() => Size = new Thing("one", new() { Size = 5 }).Size;

    [Output("thingSize")]
    public Output<int> Size { get; private set; }
}

/// <summary>Keeps what the program asked for, and answers with the inputs and what a test adds.</summary>
internal sealed class Recording : IMocks
{
    private readonly ConcurrentQueue<MockResourceArgs> asked = new();

    public IReadOnlyList<MockResourceArgs> Asked => [.. asked];

    public ConcurrentQueue<MockRegisterResourceOutputsRequest> Outputs { get; } = new();

    public Func<MockResourceArgs, ImmutableDictionary<string, object>> State { get; init; } = args => args.Inputs;

    public MockResourceArgs this[string name] => asked.Single(args => args.Name == name);

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        asked.Enqueue(args);
        return Task.FromResult<(string?, object)>((args.Type == "lab:index:Group" ? null : $"{args.Name}-id", State(args)));
    }

    public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args.Args);

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        Outputs.Enqueue(args);
        return Task.CompletedTask;
    }
}

/// <summary>Programs run one after another: the SDK says that they must.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PulumiPrograms
{
    public const string Name = "Pulumi programs";
}
