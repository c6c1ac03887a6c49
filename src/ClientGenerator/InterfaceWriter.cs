namespace CleanPortfolio.ClientGenerator;

/// <summary>Writes a Refit interface for each tag, and a walk through all pages for each list.</summary>
internal static class InterfaceWriter
{
    public static string Write(Contract contract)
    {
        var source = new Source(
            "System",
            "System.Collections.Generic",
            "System.IO",
            "System.Net.Http",
            "System.Threading",
            "System.Threading.Tasks",
            "Refit"
        );
        foreach (var group in contract.Operations.GroupBy(operation => operation.Group))
            WriteInterface(source, group.Key, [.. group]);
        foreach (var group in contract.Operations.Where(IsList).GroupBy(one => one.Group))
            WriteWalks(source, group.Key, [.. group], contract.Items);
        return source.ToString();

        bool IsList(Operation one) => contract.Items.ContainsKey(one.Answer) && one.Parameters.Any(parameter => parameter.Name == "cursor");
    }

    private static void WriteInterface(Source source, string group, IReadOnlyList<Operation> operations)
    {
        source.Summary($"The operations of the contract under {group}.").Line($"public interface I{group}Api").Line("{");
        foreach (var operation in operations)
        {
            Document(source, operation, operation.InOrder);
            source
                .Line($"    [{Names.Pascal(operation.Method)}(\"{operation.Path}\")]")
                .Line($"    {operation.Returns} {operation.Name}(")
                .Line(string.Join(",\n", operation.InOrder.Select(Declare).Append($"        {Cancellation}")))
                .Line("    );");
        }
        source.Line("}");
    }

    private static void WriteWalks(Source source, string group, IReadOnlyList<Operation> lists, IReadOnlyDictionary<string, string> items)
    {
        source.Summary($"Lists under {group}, from the first page to the last.").Line($"public static class {group}Lists").Line("{");
        foreach (var list in lists)
        {
            var parameters = list.InOrder.Where(one => one.Name != "cursor").ToList();
            source.Summary($"{list.Summary} All of them, page by page as they are read.", "    ").Parameter("api", "The operations.");
            Document(source, parameters);
            var arguments = string.Join(", ", parameters.Select(one => $"{one.CSharp}: {one.CSharp}").Append("cursor: cursor"));
            source
                .Line($"    public static IAsyncEnumerable<{items[list.Answer]}> {list.Name}ToEnd(")
                .Line($"        this I{group}Api api,")
                .Line(string.Join(",\n", parameters.Select(Plain).Append($"        {Cancellation}")))
                .Line("    ) =>")
                .Line($"        Paging.ToEnd<{list.Answer}, {items[list.Answer]}>(")
                .Line($"            (cursor, token) => api.{list.Name}({arguments}, cancellationToken: token),")
                .Line("            cancellationToken")
                .Line("        );");
        }
        source.Line("}");
    }

    private static void Document(Source source, Operation operation, IEnumerable<Parameter> parameters)
    {
        source.Summary(operation.Summary, "    ");
        Document(source, parameters);
        source.Line("    /// <exception cref=\"ProblemException\">It was refused, or failed: the code tells why.</exception>");
    }

    private static void Document(Source source, IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            source.Parameter(parameter.CSharp, parameter.Description);
        source.Parameter("cancellationToken", "Gives up.");
    }

    private static string Declare(Parameter parameter)
    {
        var attribute = parameter.In switch
        {
            "body" => "[Body] ",
            "header" => $"[Header(\"{parameter.Name}\")] ",
            "query" => $"[Query, AliasAs(\"{parameter.Name}\")] ",
            "path" => "",
            _ => throw new NotSupportedException($"There is no parameter in {parameter.In}."),
        };
        return $"        {attribute}{Plain(parameter).TrimStart()}";
    }

    private static string Plain(Parameter parameter) =>
        $"        {parameter.Type}{(parameter.IsRequired ? "" : "?")} {parameter.CSharp}{(parameter.IsRequired ? "" : " = null")}";

    private const string Cancellation = "CancellationToken cancellationToken = default";
}
