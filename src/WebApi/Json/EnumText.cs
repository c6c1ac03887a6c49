using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleanPortfolio.WebApi.Json;

/// <summary>
/// Members of enumerations by their names in camel case, in bodies and in queries: one name, no number and no list of names, which the
/// framework would take for a member too.
/// </summary>
internal sealed class EnumText : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    /// <summary>Lets the query of <typeparamref name="TRequest"/>'s route name members as the contract does; binding knows only their C# names.</summary>
    public static void AcceptInQuery<TRequest>(IEndpointConventionBuilder route)
    {
        var choices = typeof(TRequest)
            .GetProperties()
            .Select(property => (property.Name, Type: Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))
            .Where(property => property.Type.IsEnum)
            .ToList();
        if (choices.Count == 0)
            return;
        route.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http =>
            {
                foreach (var (name, type) in choices.Where(choice => http.Request.Query.ContainsKey(choice.Name)))
                    Rewrite(http.Request, name, type);
                return next(http);
            };
        });
    }

    private static void Rewrite(HttpRequest request, string name, Type type)
    {
        const string NoMember = "?";
        var query = request.Query.ToDictionary(StringComparer.OrdinalIgnoreCase);
        var text = query[name].ToString();
        query[name] = Enum.GetNames(type).FirstOrDefault(member => Text(member) == text) ?? NoMember;
        request.Query = new QueryCollection(query);
    }

    private static string Text(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Members = Enum.GetValues<T>()
            .ToDictionary(member => Text(member.ToString()), StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && Members.TryGetValue(reader.GetString()!, out var member)
                ? member
                : throw new JsonException($"Not one of {string.Join(", ", Members.Keys)}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Text(value.ToString()));
    }
}
