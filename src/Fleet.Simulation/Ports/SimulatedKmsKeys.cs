using Fleet.Core.Images.Keys;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Ports;

/// <summary>The keys of a simulated account and region.</summary>
/// <param name="world">The world.</param>
/// <param name="region">Region; null for the world's own.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedKmsKeys(World world, string? region = null, string caller = "fleet") : IKmsKeys
{
    private readonly CloudApi _api = new(world, caller) { Region = region };

    /// <inheritdoc/>
    public Task<string> AccountAsync(CancellationToken cancellationToken) => Answer(() => CloudFailure.Make("sts", "GetCallerIdentity", _api.GetCallerIdentity).Account);

    /// <inheritdoc/>
    public Task<KeyLook> LookAsync(string key, CancellationToken cancellationToken) => Answer(() =>
    {
        var unread = new List<UnreadKey>();
        var found = Read("DescribeKey", () => _api.DescribeKey(key), unread);
        if (found is null or { Manager: "AWS" })
        {
            return new KeyLook { Key = found is null ? null : Of(found), Unread = [.. unread] };
        }

        var arn = _api.Cloud.ArnOf(found);
        var grants = Read("ListGrants", () => Grants(arn), unread);
        var policy = Read("GetKeyPolicy", () => _api.GetKeyPolicy(arn), unread);
        return new KeyLook { Key = Of(found), Grants = grants is null ? null : [.. grants], Policy = policy, Unread = [.. unread] };
    });

    private static T? Read<T>(string operation, Func<T?> read, List<UnreadKey> unread)
        where T : class
    {
        try
        {
            return CloudFailure.Make("kms", operation, read);
        }
        catch (CloudRefusedException refused) when (refused.Code == "denied" || CloudFailure.Is(refused, "AccessDeniedException"))
        {
            unread.Add(new UnreadKey($"kms:{operation}", refused.Message));
            return null;
        }
        catch (CloudRefusedException refused) when (refused.Code == "not-found" && operation == "DescribeKey")
        {
            return null;
        }
    }

    private static Task<T> Answer<T>(Func<T> call)
    {
        try
        {
            return Task.FromResult(call());
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<T>(refused);
        }
    }

    private List<KeyGrant> Grants(string arn)
    {
        var grants = new List<KeyGrant>();
        for (string? marker = null; ;)
        {
            var page = _api.ListGrants(arn, marker, 100);
            grants.AddRange(page.Items.Select(grant => new KeyGrant(grant.Grantee, grant.Operations, !grant.Context.IsEmpty)));
            if ((marker = page.NextToken) is null)
            {
                return grants;
            }
        }
    }

    private KmsKey Of(EncryptionKey key) => new(_api.Cloud.ArnOf(key), key.State, key.Manager == "AWS", key.Usage, key.Spec);
}
