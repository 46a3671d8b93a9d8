using Fleet.Simulation.Worlds;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fleet.Sandbox.WorldFile;

/// <summary>Reads a world from its YAML form (docs/worlds.md).</summary>
public static class WorldFileReader
{
    /// <summary>Reads the demonstration's world, which comes with the program.</summary>
    public static WorldSpec Demo()
    {
        using var stream = typeof(WorldFileReader).Assembly.GetManifestResourceStream("demo.yaml") ?? throw new InvalidOperationException("worlds/demo.yaml is not embedded");
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    /// <summary>Reads a world.</summary>
    /// <param name="text">The file's text.</param>
    /// <exception cref="WorldFileException">It has mistakes: unknown fields, wrong values, names that nothing bears; all are in the exception.</exception>
    public static WorldSpec Read(string text)
    {
        var errors = new List<WorldFileError>();
        var spec = Parse(text, errors) is { } root ? Document(root, errors) : null;
        if (spec is null || errors.Count > 0)
        {
            throw new WorldFileException([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
        }

        return spec;
    }

    private static YamlMappingNode? Parse(string text, List<WorldFileError> errors)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            errors.Add(new WorldFileError(error.Start.Line, error.Start.Column, "", error.Message));
            return null;
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode map }])
        {
            return map;
        }

        errors.Add(new WorldFileError(1, 1, "", "a world file is one YAML document, a mapping with apiVersion, kind, metadata and spec"));
        return null;
    }

    private static WorldSpec? Document(YamlMappingNode root, List<WorldFileError> errors)
    {
        var document = new YamlSection(root, "", errors);
        Expect(document, "apiVersion", "fleet/v1");
        Expect(document, "kind", "World");
        var metadata = document.Section("metadata");
        var name = metadata?.Need("name") ?? "";
        metadata?.Close();
        var section = document.Section("spec");
        foreach (var missing in new[] { metadata is null ? "metadata" : null, section is null ? "spec" : null }.OfType<string>())
        {
            document.Note(missing, "is required");
        }

        document.Close();
        if (section is null)
        {
            return null;
        }

        var spec = WorldSections.Spec(section, name);
        section.Close();
        return spec;
    }

    private static void Expect(YamlSection section, string field, string value)
    {
        if (section.Need(field) is { Length: > 0 } found && found != value)
        {
            section.Note(field, $"must be {value}, is '{found}'");
        }
    }
}
