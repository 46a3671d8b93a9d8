using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads <c>spec.join</c> of a Cluster.</summary>
internal static class JoinReader
{
    /// <summary>How nodes join; null where the map is absent.</summary>
    public static ClusterJoin? Read(string cluster, FieldReader? join)
    {
        if (join is null)
        {
            return null;
        }

        var read = new ClusterJoin
        {
            Endpoint = join.Text("endpoint", Formats.Endpoint, required: true) ?? "",
            Parameter = join.Text("parameter", Formats.ParameterPath) ?? ClusterJoin.ParameterOf(cluster),
            KmsKey = join.Text("kmsKey", RecipeFormats.KmsKey),
            TokenLife = join.Duration("tokenLife", ClusterJoin.ShortestLife) ?? ClusterJoin.LongestLife,
        };
        if (read.TokenLife > ClusterJoin.LongestLife)
        {
            var allowed = $"from {Durations.Format(ClusterJoin.ShortestLife)} to {Durations.Format(ClusterJoin.LongestLife)}";
            join.Fail("tokenLife", "invalid-value", Durations.Format(read.TokenLife), allowed, $"{join.Path("tokenLife")} is '{Durations.Format(read.TokenLife)}'; allowed: {allowed}: a token that leaks is worth little that way");
        }

        join.Close();
        return read;
    }
}
