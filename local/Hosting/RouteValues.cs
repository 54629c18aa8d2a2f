using System.ComponentModel;
using System.Globalization;

namespace Orchestrator.Local.Hosting;

/// <summary>Turns route values into parameters.</summary>
internal static class RouteValues
{
    public static bool CanConvert(Type type) => type == typeof(string) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>The value as the parameter's type; null for none, which is the default of a value type.</summary>
    /// <exception cref="ArgumentException">The text is none of that type.</exception>
    public static object? Convert(object? value, Type type) =>
        value is null || type == typeof(string) ? value : TypeDescriptor.GetConverter(type).ConvertFrom(null, CultureInfo.InvariantCulture, value);
}
