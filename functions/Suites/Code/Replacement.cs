using System.Globalization;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>What takes the place of matches: counted, since there can be as many of them as the text has characters.</summary>
internal static class Replacement
{
    /// <summary>A function that gives what <paramref name="replacement"/>, a function or a template, gives; as long as that is not too much.</summary>
    public static JsValue Of(Bounds bounds, JsValue replacement)
    {
        var template = replacement.IsCallable() ? null : bounds.TextOf(replacement);
        var written = 0;
        return bounds.Function(match =>
        {
            var text = template is null ? bounds.TextOf(bounds.Engine.Call(replacement, JsValue.Undefined, match)) : Expand(bounds, template, match);
            written += text.Length;
            return written <= CodeLimits.Text ? (JsValue)text : throw bounds.TooLong(CodeLimits.Text);
        });
    }

    // ECMA-262, GetSubstitution. A match is: text, groups, position, whole text and, where groups have names, those.
    private static string Expand(Bounds bounds, string template, JsValue[] match)
    {
        if (!template.Contains('$', StringComparison.Ordinal))
        {
            return template;
        }

        var named = match[^1] as ObjectInstance;
        var rest = named is null ? 2 : 3;
        var (whole, at, found) = (match[^(rest - 1)].ToString(), (int)match[^rest].AsNumber(), match[0].ToString());
        var groups = match.Length - 1 - rest;
        var result = new StringBuilder();
        for (var index = 0; index < template.Length; index++)
        {
            var next = template[index] == '$' && index + 1 < template.Length ? template[index + 1] : '\0';
            var (number, digits) = Number(template, index + 1, groups);
            var close = next == '<' && named is not null ? template.IndexOf('>', index) : -1;
            var (text, used) = next switch
            {
                '$' => ("$", 1),
                '&' => (found, 1),
                '`' => (whole[..at], 1),
                '\'' => (whole[Math.Min(whole.Length, at + found.Length)..], 1),
                '<' when close > 0 => (Text(bounds, named!.Get(template[(index + 2)..close])), close - index),
                >= '0' and <= '9' when digits > 0 => (Text(bounds, match[number]), digits),
                _ => (template[index].ToString(), 0),
            };
            result.Append(text);
            index += used;
            _ = result.Length <= CodeLimits.Text ? 0 : throw bounds.TooLong(CodeLimits.Text);
        }

        return result.ToString();
    }

    private static (int Number, int Digits) Number(string template, int at, int groups)
    {
        for (var digits = 2; digits > 0; digits--)
        {
            if (at + digits <= template.Length && int.TryParse(template.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= groups)
            {
                return (number, digits);
            }
        }

        return default;
    }

    private static string Text(Bounds bounds, JsValue group) => group.IsUndefined() ? string.Empty : bounds.TextOf(group);
}
