using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Runs;
using Fleet.Service.Http;

namespace Fleet.Service.Resources;

/// <summary>What PUT and DELETE of declared resources have in common.</summary>
internal static class Declaring
{
    /// <summary>Reads the one document of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="stored">What is declared already.</param>
    /// <param name="further">What else is wrong with it.</param>
    /// <exception cref="ApiException">400: everything that is wrong with it.</exception>
    public static Declarations Read(DocumentNode body, InventorySnapshot stored, Func<Declarations, IEnumerable<InputError>>? further = null)
    {
        var declared = InventoryReader.Read([body], stored);
        var errors = declared.Errors.AddRange(further?.Invoke(declared) ?? []);
        return errors.IsEmpty ? declared : throw ApiException.Invalid(errors);
    }

    /// <summary>Changes what is declared.</summary>
    /// <exception cref="ApiException">409: the change does not go with what is stored; and what <paramref name="decide"/> throws.</exception>
    public static async Task ChangeAsync(
        IInventoryStore inventory, string conflict, Func<InventorySnapshot, InventoryChange> decide, CancellationToken cancellationToken)
    {
        try
        {
            await inventory.ChangeAsync(decide, cancellationToken).ConfigureAwait(false);
        }
        catch (PoolInUseException used)
        {
            throw new ApiException(409, "run-under-way", used.Message) { More = new JsonObject { ["run"] = used.Run.Id } };
        }
        catch (InvalidOperationException refused)
        {
            throw new ApiException(409, conflict, refused.Message);
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
}
