using System.Runtime.CompilerServices;

namespace Fleet.Sdk.Tests;

/// <summary>Where the checked-out sources are.</summary>
internal static class Repository
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    public static string Sdk(params string[] path) => Path.Combine([Root, "src", "sdk", .. path]);

    public static string Tests(params string[] path) => Path.Combine([Folder(), .. path]);

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
