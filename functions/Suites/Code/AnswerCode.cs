using System.Text.RegularExpressions;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>Takes the code out of an answer.</summary>
internal static partial class AnswerCode
{
    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        string.Empty, "js", "javascript", "jsx", "mjs", "cjs", "node", "ecmascript", "ts", "typescript",
    };

    /// <summary>
    /// The last fence that defines <paramref name="function"/>, since drafts come before solutions; or the whole answer, where it has
    /// no fence. Without <c>export</c>, which only modules have.
    /// </summary>
    /// <exception cref="CodeRefusedException">The answer has no such function, or is too long.</exception>
    public static string Of(string answer, string function)
    {
        if (answer.Length > CodeLimits.Answer)
        {
            throw new CodeRefusedException($"expected an answer of at most {CodeLimits.Answer} characters, found {answer.Length}");
        }

        var fences = Fences(answer);
        var definition = Definition(function);
        var code = fences.Count == 0 ? answer : fences.LastOrDefault(fence => definition.IsMatch(fence));
        return code is null || !definition.IsMatch(code) ? throw new CodeRefusedException($"expected code that defines the function '{function}', found none")
            : code.Length > CodeLimits.Code ? throw new CodeRefusedException($"expected code of at most {CodeLimits.Code} characters, found {code.Length}")
            : ExportOfNames().Replace(ExportOfDeclaration().Replace(code, string.Empty), string.Empty);
    }

    private static List<string> Fences(string answer)
    {
        var fences = new List<string>();
        List<string>? open = null;
        var mark = string.Empty;
        var isCode = false;
        foreach (var line in answer.Split('\n'))
        {
            var text = line.Trim();
            if (open is null && (text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal)))
            {
                mark = text[..text.TakeWhile(one => one == text[0]).Count()];
                isCode = Languages.Contains(text[mark.Length..].Trim().Split([' ', '{', ':'])[0]);
                open = [];
            }
            else if (open is not null && text.StartsWith(mark, StringComparison.Ordinal) && text.Trim(mark[0]).Length == 0)
            {
                Add();
                open = null;
            }
            else
            {
                open?.Add(line);
            }
        }

        // One that an answer broke off in still counts.
        Add();
        return fences;

        void Add()
        {
            if (open is not null && isCode)
            {
                fences.Add(string.Join('\n', open));
            }
        }
    }

    private static Regex Definition(string function)
    {
        var name = Regex.Escape(function);
        return new($@"(\bfunction\s*\*?\s*{name}\s*\()|((\bconst|\blet|\bvar)\s+{name}\s*=)|(^\s*{name}\s*=)", RegexOptions.NonBacktracking | RegexOptions.Multiline);
    }

    [GeneratedRegex(@"^[ \t]*export[ \t]+(default[ \t]+)?(?=(async|function|const|let|var|class)\b)", RegexOptions.Multiline, 1000)]
    private static partial Regex ExportOfDeclaration();

    [GeneratedRegex(@"^[ \t]*export[ \t]*(\{[^}\n]*\}|default[ \t]+[\w$]+)[ \t]*;?[ \t]*\r?$", RegexOptions.Multiline, 1000)]
    private static partial Regex ExportOfNames();
}
