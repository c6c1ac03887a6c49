using System.Net.Http.Headers;
using System.Text;

namespace CleanPortfolio.Client;

/// <summary>A file of transactions, for <see cref="IImportsApi.ImportTransactions"/>.</summary>
public static class TransactionFile
{
    /// <summary>A CSV file in UTF-8.</summary>
    public static HttpContent Csv(Stream file) => Of(new StreamContent(file), "text/csv");

    /// <summary>CSV as text.</summary>
    public static HttpContent Csv(string text) => Of(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "text/csv");

    /// <summary>A JSON file.</summary>
    public static HttpContent Json(Stream file) => Of(new StreamContent(file), "application/json");

    private static HttpContent Of(HttpContent content, string mediaType)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
