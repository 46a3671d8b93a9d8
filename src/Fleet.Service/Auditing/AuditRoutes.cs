using Fleet.Core.Access;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Auditing;

/// <summary><c>/v1/audit</c>.</summary>
internal static class AuditRoutes
{
    private const int LongestPage = 500;

    public static void Map(WebApplication app, IAuditStore store) => app.MapGet("/v1/audit", http => ListAsync(http, store));

    private static async Task ListAsync(HttpContext http, IAuditStore store)
    {
        var query = new QueryReader(http);
        var (after, limit) = (query.Number("after", 0, int.MaxValue, 0), query.Number("limit", 1, LongestPage, 100));
        query.Close();
        var entries = await store.EntriesAsync(after, limit, http.RequestAborted).ConfigureAwait(false);
        await Json.WriteListAsync(http, entries.Select(AccessDocument.Of)).ConfigureAwait(false);
    }
}
