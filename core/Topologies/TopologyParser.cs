using System.Text;
using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;

namespace Orchestrator.Core.Topologies;

/// <summary>Reads a topology document and says everything that is wrong with it.</summary>
public static class TopologyParser
{
    /// <summary>The topology in <paramref name="json"/>, or all its problems.</summary>
    public static Parsed<Topology> Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The topology in <paramref name="utf8"/>, or all its problems.</summary>
    public static Parsed<Topology> Parse(ReadOnlyMemory<byte> utf8) => JsonDocuments.Parse(utf8, Read);

    private static Topology? Read(JsonObjectReader root)
    {
        root.OptionalText("$schema");
        var repository = root.Required<RepositoryName>("repository");
        var stacks = root.Objects("stacks", required: true, StackReader.Read);
        TopologyRules.Check(root, stacks);
        return repository is null ? null : new(repository, stacks);
    }
}
