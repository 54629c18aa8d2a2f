using System.Buffers.Text;
using System.Text;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.State;

/// <summary>Keys that every store takes, of names that it might not.</summary>
internal static class StateKeys
{
    /// <summary>A tag's key: a tag may hold slashes, a key may not.</summary>
    public static string Of(ReleaseTag tag) => Of(tag.Value);

    /// <summary>The key of a text that a key might not take as it is.</summary>
    public static string Of(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
