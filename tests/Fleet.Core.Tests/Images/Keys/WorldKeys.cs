using System.Collections.Immutable;
using Fleet.Core.Images.Keys;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;

namespace Fleet.Core.Tests.Images.Keys;

/// <summary>Keys of a simulated account, each fit for images and launches until a test changes it.</summary>
internal static class WorldKeys
{
    public const string Alias = "alias/images";

    /// <summary>The role by which Auto Scaling launches.</summary>
    public static string Role(string account) => ScalingRole.In(account, "aws");

    /// <summary>A key of an alias in a region, which Auto Scaling may use in the accounts given.</summary>
    public static EncryptionKey Put(World world, string region, IEnumerable<string> accounts, Func<EncryptionKey, EncryptionKey>? change = null)
    {
        var key = new EncryptionKey { Id = "1234abcd-12ab-34cd-56ef-1234567890ab", Aliases = [Alias], Grants = [.. accounts.Select(account => Grant(account))] };
        key = (change ?? (one => one))(key);
        world.CloudIn(region).Put(key);
        return key;
    }

    /// <summary>What the page on Auto Scaling grants.</summary>
    public static EncryptionGrant Grant(string account, params ImmutableArray<string> operations) => new($"grant-{account}", Role(account), operations.IsEmpty ? ScalingRole.Operations : operations);

    /// <summary>A policy of these statements.</summary>
    public static string Policy(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";
}
