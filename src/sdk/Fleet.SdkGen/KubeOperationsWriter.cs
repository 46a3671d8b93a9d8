using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>Writes Kubernetes' operations: an interface a group, their implementation, and the extension methods that callers use.</summary>
internal sealed class KubeOperationsWriter
{
    private const string Headers = "IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = default";
    private const string Token = "CancellationToken cancellationToken = default";

    private readonly List<IGrouping<string, KubeOperation>> groups;
    private readonly Dictionary<string, string> items;

    public KubeOperationsWriter(JsonElement model)
    {
        groups = [.. model.Properties("paths")
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => new KubeOperation(model, path.Name, verb.Name, verb.Value)))
            .GroupBy(operation => KubeOperation.GroupName(operation.Tag)).OrderBy(group => group.Key, StringComparer.Ordinal)];
        items = model.Properties("definitions").Where(definition => definition.Value.Properties("properties").Any(property => property.Name == "items"))
            .ToDictionary(
                definition => KubeTypes.Class(definition.Name),
                definition => KubeTypes.Type(definition.Value.GetProperty("properties").GetProperty("items"), required: true)["IList<".Length..^1]);
    }

    public string Interfaces()
    {
        var source = Start();
        source.Line().Block("public partial interface IKubernetes", () =>
        {
            foreach (var group in groups)
            {
                source.Line($"I{group.Key}Operations {group.Key} {{ get; }}");
            }
        });
        foreach (var group in groups)
        {
            source.Line().Block($"public partial interface I{group.Key}Operations", () =>
            {
                foreach (var (operation, suffix, result) in Forms(group))
                {
                    source.Line($"Task<HttpOperationResponse<{result}>> {operation.Name}WithHttpMessagesAsync{suffix}({operation.Declare(withWatch: true)}{Headers}, {Token});");
                }
            });
        }

        return source.ToString();
    }

    public string Implementations()
    {
        var source = Start();
        source.Line().Block($"public abstract partial class AbstractKubernetes : {string.Join(", ", groups.Select(group => $"I{group.Key}Operations"))}", () =>
        {
            foreach (var group in groups)
            {
                source.Line($"public I{group.Key}Operations {group.Key} => this;");
                foreach (var (operation, suffix, result) in Forms(group))
                {
                    var parameters = (operation.Declare(withWatch: true) + Headers + ", " + Token).Replace(" = default", "", StringComparison.Ordinal);
                    source.Line($"Task<HttpOperationResponse<{result}>> I{group.Key}Operations.{operation.Name}WithHttpMessagesAsync{suffix}({parameters}) =>");
                    source.Line($"    SendAsync<{result}>({operation.Call()}, cancellationToken);");
                }
            }
        });
        return source.ToString();
    }

    public string Extensions()
    {
        var source = Start();
        foreach (var group in groups)
        {
            source.Line().Block($"public static partial class {group.Key}OperationsExtensions", () =>
            {
                foreach (var (operation, suffix, result) in Forms(group))
                {
                    source.Block(
                        $"public static async Task<{result}> {operation.Name}Async{suffix}(this I{group.Key}Operations operations, {operation.Declare(withWatch: false)}{Token})",
                        () => Body(source, operation, suffix, result));
                }

                foreach (var operation in group.Where(operation => operation.CanWatch))
                {
                    var item = items.GetValueOrDefault(operation.Result, "object");
                    source.Line($"public static IAsyncEnumerable<(WatchEventType, {item})> Watch{operation.Name}Async(this I{group.Key}Operations operations, {operation.Declare(withWatch: false)}Action<Exception> onError = default, {Token}) =>");
                    source.Line($"    WatchReader.ReadAsync<{item}, {operation.Result}>(() => operations.{operation.Name}WithHttpMessagesAsync({operation.Pass(watch: true)}cancellationToken: cancellationToken), onError, cancellationToken);");
                }
            });
        }

        return source.ToString();
    }

    private static void Body(Source source, KubeOperation operation, string suffix, string result)
    {
        var call = $"await operations.{operation.Name}WithHttpMessagesAsync{suffix}({operation.Pass(watch: false)}cancellationToken: cancellationToken).ConfigureAwait(false)";
        if (result == "Stream")
        {
            // The stream is the caller's: the answer may only be given up with it.
            source.Line($"var response = {call};").Line("response.Request.Dispose();").Line("return response.Body;");
        }
        else
        {
            source.Line($"using var response = {call};").Line("return response.Body;");
        }
    }

    private static Source Start() => new Source("k8s.Autorest", "k8s.Models").Line("namespace k8s;");

    /// <summary>Custom objects have a form that answers with JSON and one with the caller's type.</summary>
    private static IEnumerable<(KubeOperation Operation, string Suffix, string Result)> Forms(IEnumerable<KubeOperation> operations) =>
        operations.SelectMany(operation => operation.IsGeneric
            ? new[] { (operation, "", operation.Result), (operation, "<T>", "T") }
            : [(operation, "", operation.Result)]);
}
