using System.CommandLine;

namespace Orchestrator.Local.Commands;

/// <summary>Options whose value is an address.</summary>
internal static class AddressOption
{
    /// <summary>An option that takes an absolute http or https address.</summary>
    public static Option<Uri> Create(string name, string description, Uri? usual = null)
    {
        var option = new Option<Uri>(name)
        {
            Description = description,
            CustomParser = given =>
            {
                var text = given.Tokens is [var token] ? token.Value : string.Empty;
                if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                {
                    return address;
                }

                given.AddError($"{name}: expected an absolute http or https address, found '{text}'");
                return null;
            },
        };
        if (usual is not null)
        {
            option.DefaultValueFactory = _ => usual;
        }

        return option;
    }
}
