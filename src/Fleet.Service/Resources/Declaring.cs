using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Resources;

/// <summary>What PUT and DELETE of clusters and pools have in common.</summary>
internal sealed class Declaring(IInventoryStore inventory) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Does one change at a time, so that nobody else's comes between the look and the write.</summary>
    public async Task<T> AloneAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the one document of a body.</summary>
    public async Task<Declarations> ReadAsync(HttpContext http, DocumentNode body)
    {
        var clusters = await inventory.ClustersAsync(http.RequestAborted).ConfigureAwait(false);
        var pools = await inventory.PoolsAsync(null, http.RequestAborted).ConfigureAwait(false);
        var declared = InventoryReader.Read([body], clusters, pools);
        return declared.Errors.IsEmpty ? declared : throw ApiException.Invalid(declared.Errors);
    }

    /// <summary>Stores what was declared.</summary>
    public async Task StoreAsync(Declarations declared, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.ApplyAsync(declared.Clusters, declared.Pools, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException conflict)
        {
            throw new ApiException(409, "conflict", conflict.Message);
        }
    }

    /// <summary>The body's resource must be the one of the path.</summary>
    public static T Named<T>(string field, string path, T? resource, Func<T, string> name, string kind)
        where T : class
    {
        if (resource is null)
        {
            throw ApiException.Invalid([InputError.Argument("invalid-value", "kind", null, kind, $"the body declares no {kind}; allowed: one document of kind {kind}")]);
        }

        return name(resource) == path ? resource
            : throw ApiException.Invalid([InputError.Argument("conflict", field, name(resource), path, $"{field} is '{name(resource)}', and the path says '{path}'")]);
    }

    public void Dispose() => _one.Dispose();
}
