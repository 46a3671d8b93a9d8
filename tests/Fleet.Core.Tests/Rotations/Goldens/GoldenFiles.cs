namespace Fleet.Core.Tests.Rotations.Goldens;

/// <summary>Where the narratives lie in the repository.</summary>
internal static class GoldenFiles
{
    public static bool Writes => Environment.GetEnvironmentVariable("FLEET_GOLDENS") == "write";

    public static string Path(string name) => System.IO.Path.Combine(Root(), "tests", "Fleet.Core.Tests", "Rotations", "Goldens", $"{name}.golden");

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Fleet.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("no Fleet.sln above the tests");
    }
}
