using Acornima;
using Acornima.Ast;
using Jint;

namespace Orchestrator.Functions.Suites.Code;

/// <summary>
/// Code that may run: its syntax is looked through, and what operators make of strings, or out of them, is measured. So every string is
/// a short one, wherever it comes from.
/// </summary>
internal static class CodeText
{
    /// <summary>The global function that measures what is spread or enumerated.</summary>
    public const string Measure = Reserved + "Measure";

    /// <summary>The global function that measures what is put into a template.</summary>
    public const string Text = Reserved + "Text";

    /// <summary>The global function that measures what has been added up.</summary>
    public const string Sum = Reserved + "Sum";

    private const string Reserved = "__sandbox";

    private static readonly ScriptPreparationOptions Options = new()
    {
        ParsingOptions = new() { CompileRegex = false, RegexTimeout = CodeLimits.Regex, Tolerant = false },
        FoldConstants = false,
    };

    /// <summary>Reads <paramref name="code"/>.</summary>
    /// <exception cref="CodeRefusedException">It has a syntax that is not run here, or lies too deep in itself.</exception>
    /// <exception cref="ScriptPreparationException">It is not JavaScript.</exception>
    public static Prepared<Script> Of(string code)
    {
        var edits = new List<Edit>();
        var summands = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (var node in Checked(Engine.PrepareScript(code, strict: true, options: Options).Program!))
        {
            if (node is BinaryExpression { Operator: Operator.Addition } addition)
            {
                summands.UnionWith([addition.Left, addition.Right]);
            }

            // Of a long sum the whole is measured: its parts go nowhere else.
            edits.AddRange(node switch
            {
                BinaryExpression { Operator: Operator.Addition } => summands.Contains(node) ? [] : Around(node, Sum),
                AssignmentExpression { Operator: Operator.AdditionAssignment } => Around(node, Sum),
                ObjectExpression literal => literal.Properties.OfType<SpreadElement>().SelectMany(spread => Around(spread.Argument, Measure)),
                ForInStatement loop => Around(loop.Right, Measure),
                VariableDeclarator { Id: ObjectPattern, Init: { } value } => Around(value, Measure),
                AssignmentExpression { Left: ObjectPattern } assignment => Around(assignment.Right, Measure),
                TemplateLiteral template => template.Expressions.SelectMany(one => Around(one, Text)),
                _ => [],
            });
        }

        // Where edits meet, what ends comes first; and what encloses begins first and ends last.
        var written = new System.Text.StringBuilder();
        var at = 0;
        foreach (var edit in edits.OrderBy(edit => edit.At).ThenBy(edit => edit.IsBegin).ThenBy(edit => edit.Order))
        {
            written.Append(code, at, edit.At - at).Append(edit.Text);
            at = edit.At;
        }

        return Engine.PrepareScript(written.Append(code, at, code.Length - at).ToString(), strict: true, options: Options);
    }

    private static IEnumerable<Edit> Around(Node node, string function) =>
        [new(node.Start, IsBegin: true, -node.End, $"{function}(("), new(node.End, IsBegin: false, -node.Start, "))")];

    private static IEnumerable<Node> Checked(Node root)
    {
        var open = new Stack<(Node Node, int Depth)>([(root, 0)]);
        while (open.TryPop(out var next))
        {
            var (node, depth) = next;
            Refusal(node, depth);
            yield return node;
            foreach (var child in node.ChildNodes)
            {
                open.Push((child, depth + 1));
            }
        }
    }

    private static void Refusal(Node node, int depth)
    {
        var found = node switch
        {
            _ when depth > CodeLimits.Nesting => $"more than {CodeLimits.Nesting} levels of nesting",
            Identifier { Name: var name } when name.StartsWith(Reserved, StringComparison.Ordinal) => $"the name {Reserved}…",
            BigIntLiteral => "a BigInt",
            ImportExpression or MetaProperty { Meta.Name: "import" } => "import",
            AwaitExpression or IFunction { Async: true } => "async",
            TemplateLiteral template when template.Expressions.Count > CodeLimits.Template => $"a template of more than {CodeLimits.Template} expressions",
            IFunction function when function.Params.Any(HasRestOfProperties) => "rest properties of a parameter",
            ForOfStatement { Left: VariableDeclaration { Declarations: [{ Id: { } pattern }] } } when HasRestOfProperties(pattern) => "rest properties of a loop's variable",
            ForOfStatement { Left: ObjectPattern pattern } when HasRestOfProperties(pattern) => "rest properties of a loop's variable",
            ForInStatement { Left: VariableDeclaration { Declarations: [{ Id: { } pattern }] } } when HasRestOfProperties(pattern) => "rest properties of a loop's variable",
            ForInStatement { Left: ObjectPattern pattern } when HasRestOfProperties(pattern) => "rest properties of a loop's variable",
            CatchClause { Param: { } pattern } when HasRestOfProperties(pattern) => "rest properties of a caught value",
            ArrayPattern pattern when HasRestOfProperties(pattern) => "rest properties within a pattern",
            ObjectPattern pattern when pattern.Properties.Any(one => one is not RestElement && HasRestOfProperties(one)) => "rest properties within a pattern",
            _ => null,
        };
        if (found is not null)
        {
            throw new CodeRefusedException($"expected plain synchronous code, found {found}");
        }
    }

    // Depth is bounded: the nodes above were looked at before, and a pattern lies within them.
    private static bool HasRestOfProperties(Node pattern) => pattern switch
    {
        ObjectPattern { Properties: var properties } => properties.Any(one => one is RestElement || HasRestOfProperties(one)),
        ArrayPattern { Elements: var elements } => elements.Any(one => one is not null && HasRestOfProperties(one)),
        AssignmentPattern { Left: var left } => HasRestOfProperties(left),
        RestElement { Argument: var argument } => HasRestOfProperties(argument),
        Property { Value: var value } => HasRestOfProperties(value),
        _ => false,
    };

    private readonly record struct Edit(int At, bool IsBegin, int Order, string Text);
}
