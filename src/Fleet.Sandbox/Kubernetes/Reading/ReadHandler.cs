using System.Buffers;
using System.Text;
using System.Text.Json;
using Fleet.Sandbox.Kubernetes.Kinds;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Sandbox.Kubernetes.Tables;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>get and list.</summary>
internal sealed class ReadHandler(World world, ObjectBytes bytes, TableWriter tables, ListPages pages)
{
    public Task GetAsync(ApiRequest request)
    {
        var found = request.Api(world).Get(request.Kind.Resource, request.Key);
        if (TableWriter.Wanted(request))
        {
            return Answer.WriteAsync(request.Http, 200, tables.Table(request, [found], new() { ["resourceVersion"] = found.Meta.ResourceVersion.ToString() }));
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        bytes.WriteWhole(buffer, request.Kind, found);
        return Answer.WriteAsync(request.Http, 200, buffer.WrittenMemory);
    }

    public Task ListAsync(ApiRequest request)
    {
        var page = Page(request);
        return TableWriter.Wanted(request) ? Answer.WriteAsync(request.Http, 200, tables.Table(request, page)) : WriteAsync(request, page);
    }

    private ListPage Page(ApiRequest request)
    {
        var selection = new Selection(request);
        var limit = request.Number("limit") ?? 0;
        var token = request.Query("continue");
        var detail = string.IsNullOrEmpty(token) ? null : "continue";
        var call = new WorldCall(Api.Kubernetes, request.Caller, $"list {request.Kind.Resource}", request.Namespace ?? "", Writes: false, detail);
        return world.Calls.Make(call, () =>
        {
            if (detail is not null)
            {
                return pages.Next(token!, limit);
            }

            if (request.Query("resourceVersionMatch") == "Exact" && request.Query("resourceVersion") != world.Cluster.Version.ToString())
            {
                throw Refusals.Expired($"The resourceVersion for the provided list is too old: {request.Query("resourceVersion")}");
            }

            var items = new List<WorldObject>();
            foreach (var one in world.Cluster.FindTable(request.Kind.Resource)?.All ?? throw Refusals.NotServed())
            {
                if (selection.Holds(one))
                {
                    items.Add(one);
                }
            }

            var page = pages.First(items, world.Cluster.Version, limit);
            return selection.Selects ? page with { Remaining = 0 } : page;
        });
    }

    private async Task WriteAsync(ApiRequest request, ListPage page)
    {
        var http = request.Http;
        http.Response.ContentType = "application/json";
        var body = http.Response.BodyWriter;
        var more = page.Continue is null ? "" : $",\"continue\":{JsonSerializer.Serialize(page.Continue)}";
        var remaining = page.Remaining > 0 ? $",\"remainingItemCount\":{page.Remaining}" : "";
        body.Write(Encoding.UTF8.GetBytes(
            $"{{\"kind\":\"{request.Kind.Kind}List\",\"apiVersion\":\"{request.Kind.ApiVersion}\",\"metadata\":{{\"resourceVersion\":\"{page.Version}\"{more}{remaining}}},\"items\":["));
        for (var at = 0; at < page.Items.Count; at++)
        {
            if (at > 0)
            {
                body.Write(","u8);
            }

            body.Write(bytes.Item(request.Kind, page.Items[at]));
            if (body.UnflushedBytes > 64 * 1024)
            {
                await body.FlushAsync(request.Aborted).ConfigureAwait(false);
            }
        }

        body.Write("]}"u8);
        await body.FlushAsync(request.Aborted).ConfigureAwait(false);
    }
}
