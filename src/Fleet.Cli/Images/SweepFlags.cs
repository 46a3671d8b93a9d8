using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Images;

/// <summary>The options of <c>fleet images gc</c>.</summary>
internal sealed class SweepFlags
{
    private readonly Option<bool> _apply = new("--apply") { Description = "Take the next step with what nothing needs: deprecate it, after the recipe's days disable it, after more days deregister it with its snapshots; and bring back what is needed again" };
    private readonly Option<string[]> _parameters = new("--parameters") { Description = "Path of SSM parameters that hold image ids, beside /fleet/images; may be given several times", HelpName = "PATH" };
    private readonly Option<bool> _wait = new("--wait") { Description = "With --apply on a server: block until the sweep ends or stands; always so on this machine's own store" };
    private readonly Option<string?> _key = new("--key") { Description = "With --apply on a server: key of this order, e.g. a pipeline's build number: repeated, it finds the first sweep whatever has become of it, and orders no other", HelpName = "KEY" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_apply, _parameters, _wait, _key])
        {
            command.Options.Add(option);
        }
    }

    public bool Applies(ParseResult parsed) => parsed.GetValue(_apply);

    public bool Waits(ParseResult parsed) => parsed.GetValue(_wait);

    public string? Key(ParseResult parsed) => parsed.GetValue(_key);

    /// <summary>Further paths of parameters.</summary>
    /// <exception cref="RefusedException">One has another form.</exception>
    public IReadOnlyList<string> Parameters(ParseResult parsed)
    {
        var paths = parsed.GetValue(_parameters) ?? [];
        var wrong = paths.Where(path => !Formats.ParameterPath.Accepts(path))
            .Select(path => InputError.Argument("invalid-value", "--parameters", path, Formats.ParameterPath.Allowed, $"--parameters is '{path}'; allowed: {Formats.ParameterPath.Allowed}")).ToList();
        return wrong.Count == 0 ? paths : throw new RefusedException(wrong);
    }

    /// <summary>The order as <c>POST /v1/runs</c> takes it.</summary>
    /// <exception cref="RefusedException">A path has another form.</exception>
    public JsonObject Order(ParseResult parsed) => new() { ["kind"] = "imageSweep", ["parameters"] = new JsonArray([.. Parameters(parsed).Select(path => (JsonNode)path)]) };
}
