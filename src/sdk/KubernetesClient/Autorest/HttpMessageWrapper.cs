namespace k8s.Autorest;

public abstract class HttpMessageWrapper
{
    private readonly Dictionary<string, IEnumerable<string>> headers = new(StringComparer.OrdinalIgnoreCase);

    public string Content { get; set; }

    public IDictionary<string, IEnumerable<string>> Headers => headers;

    private protected void CopyHeaders(IEnumerable<KeyValuePair<string, IEnumerable<string>>> source)
    {
        foreach (var (name, values) in source ?? [])
        {
            headers[name] = values.ToArray();
        }
    }
}
