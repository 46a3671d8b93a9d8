using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s.Autorest;
using k8s.Models;

namespace k8s;

/// <summary>Reads the events of a watch: one JSON object a line, until the server ends the answer.</summary>
internal static class WatchReader
{
    public static async IAsyncEnumerable<(WatchEventType, T)> ReadAsync<T, TList>(
        Func<Task<HttpOperationResponse<TList>>> start, Action<Exception> onError, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await start().ConfigureAwait(false);
        var content = await response.Response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(content);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0 && Parse<T>(line, onError) is { } item)
            {
                yield return item;
            }
        }
    }

    /// <summary>An event, or null where it was an error; those go to <paramref name="onError"/> and the watch goes on, as in the official client.</summary>
    private static (WatchEventType, T)? Parse<T>(string line, Action<Exception> onError)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var type = document.RootElement.GetProperty("type").GetString();
            var body = document.RootElement.GetProperty("object");
            if (type == "ERROR")
            {
                onError?.Invoke(new KubernetesException(body.Deserialize<V1Status>(KubernetesJson.Options)));
                return null;
            }

            return (Enum.Parse<WatchEventType>(type, ignoreCase: true), body.Deserialize<T>(KubernetesJson.Options));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException or FormatException)
        {
            onError?.Invoke(e);
            return null;
        }
    }
}
