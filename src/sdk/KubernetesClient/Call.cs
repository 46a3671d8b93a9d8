using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using k8s.Models;

namespace k8s;

/// <summary>One request in the making: verb, path, query and body.</summary>
internal sealed class Call(string verb, string path, IReadOnlyDictionary<string, IReadOnlyList<string>> headers)
{
    private readonly StringBuilder query = new();
    private object body;

    /// <summary>Whether the answer is a watch, which has no end of its own.</summary>
    public bool IsWatch { get; private set; }

    public static string Escape(string segment) => Uri.EscapeDataString(segment);

    public Call Query(string name, string value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public Call Query(string name, bool? value)
    {
        IsWatch |= name == "watch" && value == true;
        return Query(name, value switch { true => "true", false => "false", null => null });
    }

    public Call Query(string name, int? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    public Call Body(object value)
    {
        body = value;
        return this;
    }

    public HttpRequestMessage ToRequest(Uri baseUri)
    {
        // The core group has no name and lives at another root than the others.
        var rooted = path.StartsWith("apis//", StringComparison.Ordinal) ? $"api/{path["apis//".Length..]}" : path;
        var root = baseUri.AbsoluteUri.EndsWith('/') ? baseUri.AbsoluteUri : baseUri.AbsoluteUri + "/";
        var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(root + rooted + query)) { Content = Content() };
        foreach (var (name, values) in headers ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        return request;
    }

    private StringContent Content() => body is null
        ? null
        : new StringContent(KubernetesJson.Serialize(body), Encoding.UTF8, new MediaTypeHeaderValue(MediaType(), "utf-8"));

    private string MediaType() => (body as V1Patch)?.Type switch
    {
        V1Patch.PatchType.JsonPatch => "application/json-patch+json",
        V1Patch.PatchType.MergePatch => "application/merge-patch+json",
        V1Patch.PatchType.StrategicMergePatch => "application/strategic-merge-patch+json",
        V1Patch.PatchType.ApplyPatch => "application/apply-patch+yaml",
        _ => "application/json",
    };
}
