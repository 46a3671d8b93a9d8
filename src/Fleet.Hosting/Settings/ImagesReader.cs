using System.Text.RegularExpressions;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Inventory.Validation;
using Fleet.Tools.Templates;

namespace Fleet.Hosting.Settings;

/// <summary>Reads the section <c>images</c> of a server's settings.</summary>
internal static partial class ImagesReader
{
    private static readonly Format Owner = new(OwnerForm(), "an account's twelve digits, self, amazon, aws-marketplace or aws-backup-vault");

    public static ImageSettings Read(FieldReader? section, string folder)
    {
        var usual = new ImageSettings();
        if (section is null)
        {
            return usual;
        }

        var sweep = section.Map("sweep");
        var (packer, cache) = (section.Text("packer", Formats.Line), section.Text("cache", Formats.Line));
        var settings = new ImageSettings
        {
            Templates = Templates(section.Map("templates"), folder),
            TemplateRepositories = section.Texts("templateRepositories", RecipeFormats.GitUrl),
            BaseOwners = section.Texts("baseOwners", Owner),
            Packer = packer is null ? usual.Packer : packer.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(packer, folder) : packer,
            Cache = cache is null ? null : Path.GetFullPath(cache, folder),
            Endpoint = Endpoint(section),
            SweepEvery = sweep is null ? null : sweep.Age("every") ?? usual.SweepEvery,
            SweepParameters = sweep?.Texts("parameters", Formats.ParameterPath) ?? [],
        };
        if (sweep is not null)
        {
            sweep.Find("every", required: true);
            sweep.Close();
        }

        if (settings.Packer.Contains('/', StringComparison.Ordinal) && !File.Exists(settings.Packer))
        {
            section.Fail("packer", "unreadable", packer, "a program", $"{section.Path("packer")} names a program that is not there: {settings.Packer}");
        }

        section.Close();
        return settings;
    }

    private static Dictionary<string, TemplateSettings> Templates(FieldReader? map, string folder)
    {
        var templates = new Dictionary<string, TemplateSettings>();
        foreach (var name in map?.Names(Formats.Name) ?? [])
        {
            if (map!.Map(name, required: true) is not { } template)
            {
                continue;
            }

            var (written, trusted) = (template.Text("folder", Formats.Line, required: true), template.Flag("trusted") ?? false);
            var path = written is null ? "" : Path.GetFullPath(written, folder);
            if (written is not null && (!Directory.Exists(path) || !Directory.EnumerateFiles(path, "*.pkr.*").Any()))
            {
                template.Fail("folder", "unreadable", written, "a folder with a Packer template", $"{template.Path("folder")} is {path}, {(Directory.Exists(path) ? "which has no *.pkr.hcl: it is no Packer template" : "which is no folder on this machine")}");
            }

            template.Close();
            templates[name] = new TemplateSettings(path, trusted);
        }

        return templates;
    }

    private static Uri? Endpoint(FieldReader section)
    {
        if (section.Text("endpoint", Formats.Line) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            return url;
        }

        section.Fail("endpoint", "invalid-value", text, "an http or https address", $"{section.Path("endpoint")} is '{text}'; allowed: an http or https address");
        return null;
    }

    [GeneratedRegex(@"\A([0-9]{12}|self|amazon|aws-marketplace|aws-backup-vault)\z")]
    private static partial Regex OwnerForm();
}
