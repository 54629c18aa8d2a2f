using System.Buffers.Text;
using System.Text;
using Orchestrator.Core.Names;

namespace Orchestrator.Functions.State;

/// <summary>Keys that every store takes, of names that it might not.</summary>
internal static class StateKeys
{
    /// <summary>A tag's key: a tag may hold slashes, a key may not.</summary>
    public static string Of(ReleaseTag tag) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tag.Value));
}
