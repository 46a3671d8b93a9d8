using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Inventory;

/// <summary>Reads the files that <c>-f</c> names: a file, a folder's *.yaml, *.yml and *.json, or <c>-</c> for the standard input.</summary>
internal static class InputFiles
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    public static async Task<(ImmutableArray<DocumentNode> Documents, ImmutableArray<InputError> Errors)> ReadAsync(
        IEnumerable<string> names, TextReader input, CancellationToken cancellationToken)
    {
        var documents = ImmutableArray.CreateBuilder<DocumentNode>();
        var errors = ImmutableArray.CreateBuilder<InputError>();
        foreach (var name in names.SelectMany(Expand).Distinct())
        {
            try
            {
                var text = await (name == "-" ? input.ReadToEndAsync(cancellationToken) : File.ReadAllTextAsync(name, cancellationToken)).ConfigureAwait(false);
                var read = DocumentText.Read(text, name);
                documents.AddRange(read.Documents);
                errors.AddRange(read.Errors);
                if (read.Documents.Length == 0 && read.Errors.Length == 0)
                {
                    errors.Add(InputError.Argument("no-documents", "--filename", name, "at least one document", $"{name} has no document"));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                errors.Add(InputError.Argument("unreadable", "--filename", name, "a file that can be read", $"{name} cannot be read: {e.Message}"));
            }
        }

        return (documents.ToImmutable(), errors.ToImmutable());
    }

    private static IEnumerable<string> Expand(string name)
    {
        if (!Directory.Exists(name))
        {
            return [name];
        }

        var files = Directory.GetFiles(name).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0
            ? files
            : throw RefusedException.Because("no-documents", "--filename", name, "a folder with *.yaml, *.yml or *.json", $"the folder {name} has no *.yaml, *.yml or *.json");
    }
}
