using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Hosting.Settings;
using Fleet.Tools.Templates;

namespace Fleet.Cli.Images;

/// <summary>The options of <c>fleet images build</c>.</summary>
internal sealed class BuildFlags
{
    private readonly Option<bool> _again = new("--again") { Description = "Build also where the same source was built before; the image gets a version of its own" };
    private readonly Option<bool> _keepInstance = new("--keep-instance") { Description = "Leave the instance on which the image fails its proof; terminate it when you have looked at it" };
    private readonly Option<string?> _settings = new("--settings") { Description = "Settings in YAML, kind Service, whose section images names templates, owners of base images and packer; for builds on this machine", HelpName = "FILE" };
    private readonly Option<string?> _templates = new("--templates") { Description = "Folder of template folders, in the place of --settings; any owner of a base image will do then. Default packer", HelpName = "FOLDER" };
    private readonly Option<bool> _trust = new("--trust-templates") { Description = "With --templates: templates may run commands on this machine (shell-local)" };
    private readonly Option<bool> _wait = new("--wait") { Description = "Block until the build ends or stands; always so where it is driven in the foreground, on this machine's own store" };
    private readonly Option<string?> _key = new("--key") { Description = "Key of this order, e.g. a pipeline's build number: repeated, it finds the first run whatever has become of it, and orders no other", HelpName = "KEY" };
    private readonly Option<string?> _whenUnderWay = new("--when-under-way") { Description = "On a server, where the recipe is being built: refuse (default), queue until that has ended, or supersede it", HelpName = "WHAT" };

    public BuildFlags() => _whenUnderWay.AcceptOnlyFromAmong("refuse", "queue", "supersede");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_again, _keepInstance, _wait, _key, _whenUnderWay, _settings, _templates, _trust])
        {
            command.Options.Add(option);
        }
    }

    public bool Again(ParseResult parsed) => parsed.GetValue(_again);

    public bool KeepsInstance(ParseResult parsed) => parsed.GetValue(_keepInstance);

    public bool Waits(ParseResult parsed) => parsed.GetValue(_wait);

    public string? Key(ParseResult parsed) => parsed.GetValue(_key);

    /// <summary>Whether the order may wait for a run that is under way, or take its place.</summary>
    public bool ComesNext(ParseResult parsed) => parsed.GetValue(_whenUnderWay) is "queue" or "supersede";

    /// <summary>The order as <c>POST /v1/runs</c> takes it.</summary>
    /// <exception cref="RefusedException">An option is for builds on this machine.</exception>
    public JsonObject Order(ParseResult parsed, RecipeSpec recipe)
    {
        var own = ((Option[])[_settings, _templates, _trust]).Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name).ToList();
        if (own.Count > 0)
        {
            throw new RefusedException([.. own.Select(name => InputError.Argument("conflict", name, null, "without a server", $"{name} is for builds on this machine; on a server its own settings say that"))]);
        }

        var order = new JsonObject { ["kind"] = "imageBuild", ["recipe"] = recipe.Name };
        if (Again(parsed))
        {
            order["again"] = true;
        }

        if (KeepsInstance(parsed))
        {
            order["keepInstance"] = true;
        }

        if (parsed.GetValue(_whenUnderWay) is { } when)
        {
            order["whenUnderWay"] = when;
        }

        return order;
    }

    /// <summary>What a server's settings would say, for a build on this machine.</summary>
    /// <exception cref="RefusedException">Something is wrong; all of it is named.</exception>
    public ImageSettings Local(ParseResult parsed, Func<string, string?> environment)
    {
        var errors = new List<InputError>();
        if (parsed.GetValue(_whenUnderWay) is not null)
        {
            errors.Add(InputError.Argument("conflict", _whenUnderWay.Name, null, "with a server", $"{_whenUnderWay.Name} is a server's: here the command itself drives the build"));
        }

        var (file, folder) = (parsed.GetValue(_settings), parsed.GetValue(_templates));
        if (file is not null && (folder is not null || parsed.GetValue(_trust)))
        {
            errors.Add(InputError.Argument("conflict", _settings.Name, file, null, $"{_settings.Name} says what {_templates.Name} and {_trust.Name} say; give one of them"));
        }

        var settings = file is not null ? SettingsReader.Read(file, environment, loopback: true, errors)?.Images : Folders(folder ?? "packer", parsed.GetValue(_trust), folder is not null, errors);
        return errors.Count == 0 ? settings! : throw new RefusedException(errors);
    }

    private ImageSettings Folders(string folder, bool trusted, bool given, List<InputError> errors)
    {
        var path = Path.GetFullPath(folder);
        if (!Directory.Exists(path) && given)
        {
            errors.Add(InputError.Argument("unreadable", _templates.Name, folder, "a folder", $"{_templates.Name} is '{folder}', which is no folder"));
        }

        var folders = Directory.Exists(path) ? Directory.EnumerateDirectories(path) : [];
        return new() { Templates = folders.ToDictionary(one => Path.GetFileName(one), one => new TemplateSettings(one, trusted)), BaseOwners = null };
    }
}
