using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Hosting.Settings;
using Fleet.Tools.Hooks;

namespace Fleet.Cli.Rotations;

/// <summary>The options of <c>fleet rotate</c>: a target, and what differs from the pool's policy in this run alone.</summary>
internal sealed class RotateFlags
{
    private readonly Option<string?> _image = new("--image") { Description = "Image that every instance shall have; default the pool's spec.image", HelpName = "AMI" };
    private readonly Option<long?> _version = new("--template-version") { Description = "Existing version of the groups' launch template, instead of an image", HelpName = "NUMBER" };
    private readonly Option<string?> _recipe = new("--recipe") { Description = "Recipe whose newest stable image every instance shall have", HelpName = "RECIPE" };
    private readonly Option<bool> _lastGood = new("--to-last-good") { Description = "Go back to the launch template versions of the pool's last rotation that succeeded" };
    private readonly Option<string?> _surge = new("--max-surge") { Description = "Instances above the wanted number, for this run", HelpName = "COUNT|PERCENT" };
    private readonly Option<string?> _unavailable = new("--max-unavailable") { Description = "Instances that may be missing, for this run", HelpName = "COUNT|PERCENT" };
    private readonly Option<string?> _drainTimeout = new("--drain-timeout") { Description = "Limit of a node's drain, for this run", HelpName = "DURATION" };
    private readonly Option<string?> _onDrainTimeout = new("--on-drain-timeout") { Description = "What follows the limit: stop, quarantine, or force (deletes pods past their budgets; needs --force-until)", HelpName = "ACTION" };
    private readonly Option<string?> _forceUntil = new("--force-until") { Description = "When the permission to force ends: a time (RFC 3339) or a duration from now", HelpName = "TIME|DURATION" };

    private readonly Option<string?> _olderThan = new("--older-than") { Description = "Exchange instances of this age, too, whatever they run, e.g. 14d", HelpName = "AGE" };
    private readonly Option<string?> _ignoreWindows = new("--ignore-windows") { Description = "Why the run may begin outside of its maintenance windows; needs --ignore-windows-until", HelpName = "REASON" };
    private readonly Option<string?> _ignoreUntil = new("--ignore-windows-until") { Description = "When the leave to ignore windows ends: a time (RFC 3339) or a duration from now", HelpName = "TIME|DURATION" };

    private readonly Option<bool> _wait = new("--wait") { Description = "Block until the run ends or stands; always so where the run is driven in the foreground, on this machine's own store" };
    private readonly Option<bool> _watch = new("--watch") { Description = "As --wait, drawn live on a terminal" };
    private readonly Option<string?> _key = new("--key")
    {
        Description = "Key of this order, e.g. a pipeline's build number: repeated, it finds the first run whatever has become of it, and orders no other",
        HelpName = "KEY",
    };

    private readonly Option<string?> _whenUnderWay = new("--when-under-way")
    {
        Description = "On a server, where a run to something else is under way: refuse (default), queue until it has ended, or supersede it: it is cancelled, and this one begins then",
        HelpName = "WHAT",
    };

    private readonly Option<string?> _settings = new("--settings") { Description = "Settings in YAML, kind Service, whose section hooks has the commands that the pool's spec.hooks names; for runs on this machine", HelpName = "FILE" };

    public RotateFlags() => _whenUnderWay.AcceptOnlyFromAmong("refuse", "queue", "supersede");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_image, _version, _recipe, _lastGood, _surge, _unavailable, _drainTimeout, _onDrainTimeout, _forceUntil, _olderThan, _ignoreWindows, _ignoreUntil, _wait, _watch, _key, _whenUnderWay, _settings])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether to wait for the run's end where somebody else drives it.</summary>
    public bool Waits(ParseResult parsed) => parsed.GetValue(_wait) || Watches(parsed);

    /// <summary>Whether to draw the run live.</summary>
    public bool Watches(ParseResult parsed) => parsed.GetValue(_watch);

    /// <summary>The order's key; null for none.</summary>
    public string? Key(ParseResult parsed) => parsed.GetValue(_key);

    /// <summary>Whether the order may wait for a run that is under way, or take its place.</summary>
    public bool ComesNext(ParseResult parsed) => parsed.GetValue(_whenUnderWay) is "queue" or "supersede";

    /// <summary>The order as <c>POST /v1/runs</c> takes it, of options that were read before.</summary>
    public JsonObject Order(ParseResult parsed, NodePoolSpec pool)
    {
        var order = new JsonObject { ["kind"] = "rotation", ["cluster"] = pool.Cluster, ["pool"] = pool.Name };
        var target = new JsonObject();
        Add(target, "image", parsed.GetValue(_image));
        Add(target, "templateVersion", parsed.GetValue(_version));
        Add(target, "recipe", parsed.GetValue(_recipe));
        Add(target, "lastGood", parsed.GetValue(_lastGood) ? true : null);
        Add(order, "target", target.Count > 0 ? target : null);
        var parameters = new JsonObject();
        Add(parameters, "maxSurge", parsed.GetValue(_surge));
        Add(parameters, "maxUnavailable", parsed.GetValue(_unavailable));
        Add(parameters, "drainTimeout", parsed.GetValue(_drainTimeout));
        Add(parameters, "onDrainTimeout", parsed.GetValue(_onDrainTimeout));
        Add(parameters, "forceUntil", parsed.GetValue(_forceUntil));
        Add(parameters, "olderThan", parsed.GetValue(_olderThan));
        var waiver = new JsonObject();
        Add(waiver, "reason", parsed.GetValue(_ignoreWindows));
        Add(waiver, "until", parsed.GetValue(_ignoreUntil));
        Add(parameters, "ignoreWindows", waiver.Count > 0 ? waiver : null);
        Add(order, "whenUnderWay", parsed.GetValue(_whenUnderWay));
        Add(order, "parameters", parameters.Count > 0 ? parameters : null);
        return order;
    }

    /// <summary>Refuses what a server does not take.</summary>
    /// <exception cref="RefusedException">An option is for runs on this machine.</exception>
    public void RefuseOwn(ParseResult parsed)
    {
        if (parsed.GetValue(_settings) is { } file)
        {
            throw RefusedException.Because("conflict", _settings.Name, file, "without a server", $"{_settings.Name} is for runs on this machine; a server has settings of its own");
        }
    }

    /// <summary>The hooks of a run on this machine.</summary>
    /// <exception cref="RefusedException">The settings are wrong; all of it is named.</exception>
    public IHooks Hooks(ParseResult parsed, CliContext context)
    {
        if (parsed.GetValue(_settings) is not { } file)
        {
            return NoHooks.Instance;
        }

        var errors = new List<InputError>();
        return SettingsReader.Read(file, context.Environment, loopback: true, errors) is { } settings
            ? new HookCommands(settings.Hooks, settings.Secrets.Read, context.Wall)
            : throw new RefusedException(errors);
    }

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    /// <summary>Reads the options; all that is wrong is refused at once.</summary>
    /// <exception cref="RefusedException">Something is wrong.</exception>
    public RotationWishes Read(ParseResult parsed, DateTimeOffset now)
    {
        var errors = new List<InputError>();
        var image = parsed.GetValue(_image);
        var version = parsed.GetValue(_version);
        var (recipe, lastGood) = (parsed.GetValue(_recipe), parsed.GetValue(_lastGood));
        Check(errors, "--image", image, image is null || Formats.Image.Accepts(image), Formats.Image.Allowed);
        Check(errors, "--key", Key(parsed), Key(parsed) is null || (Key(parsed) is { Length: > 0 and <= 200 } key && key.All(letter => letter is >= '!' and <= '~')), "1 to 200 printable ASCII characters");
        Check(errors, "--template-version", $"{version}", version is null or > 0, "a number above 0");
        Check(errors, "--recipe", recipe, recipe is null || Formats.Name.Accepts(recipe), Formats.Name.Allowed);
        var given = new[] { image is null ? "" : "--image", version is null ? "" : "--template-version", recipe is null ? "" : "--recipe", lastGood ? "--to-last-good" : "" }.Where(name => name.Length > 0).ToList();
        if (given.Count > 1)
        {
            errors.Add(InputError.Argument("conflict", given[1], null, "one of --image, --template-version, --recipe and --to-last-good", $"{string.Join(" and ", given)} are given; a run has one target"));
        }

        var wishes = new RotationWishes
        {
            Image = image,
            TemplateVersion = version,
            Recipe = recipe,
            ToLastGood = lastGood,
            MaxSurge = Count(parsed, _surge, errors),
            MaxUnavailable = Count(parsed, _unavailable, errors),
            DrainTimeout = Duration(parsed, errors),
            OlderThan = Age(parsed, errors),
            Waiver = Waiver(parsed, now, errors),
        };
        wishes = Timeout(parsed, wishes, now, errors);
        return errors.Count == 0 ? wishes : throw new RefusedException(errors);
    }

    private RotationWishes Timeout(ParseResult parsed, RotationWishes wishes, DateTimeOffset now, List<InputError> errors)
    {
        var action = parsed.GetValue(_onDrainTimeout);
        var until = parsed.GetValue(_forceUntil);
        Check(errors, "--on-drain-timeout", action, action is null or "stop" or "quarantine" or "force", "stop, quarantine or force");
        if ((action == "force") != (until is not null))
        {
            errors.Add(InputError.Argument("conflict", "--force-until", until, "together with --on-drain-timeout force", "--on-drain-timeout force and --force-until go together: a permission to pass budgets has an end"));
        }

        var ends = End(parsed, _forceUntil, now, errors);
        return wishes with
        {
            OnDrainTimeout = action switch { "stop" => DrainTimeoutAction.Stop, "quarantine" => DrainTimeoutAction.Quarantine, _ => null },
            ForceUntil = ends,
        };
    }

    private static DateTimeOffset? End(ParseResult parsed, Option<string?> option, DateTimeOffset now, List<InputError> errors)
    {
        var until = parsed.GetValue(option);
        DateTimeOffset? ends = Durations.TryParse(until, out var span) ? now + span
            : DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
        Check(errors, option.Name, until, until is null || ends > now, $"a time after {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, or {Durations.Allowed}");
        return ends;
    }

    private WindowWaiver? Waiver(ParseResult parsed, DateTimeOffset now, List<InputError> errors)
    {
        var (reason, until) = (parsed.GetValue(_ignoreWindows), End(parsed, _ignoreUntil, now, errors));
        if ((reason is null) != (parsed.GetValue(_ignoreUntil) is null))
        {
            errors.Add(InputError.Argument("conflict", _ignoreUntil.Name, parsed.GetValue(_ignoreUntil), $"together with {_ignoreWindows.Name}", $"{_ignoreWindows.Name} and {_ignoreUntil.Name} go together: leave to ignore windows has a reason and an end"));
        }

        Check(errors, _ignoreWindows.Name, reason, reason is null || Formats.Line.Accepts(reason), Formats.Line.Allowed);
        return reason is not null && until is { } end ? new WindowWaiver(end, reason) : null;
    }

    private TimeSpan? Age(ParseResult parsed, List<InputError> errors)
    {
        var text = parsed.GetValue(_olderThan);
        var read = Durations.TryParseAge(text, out var age);
        Check(errors, _olderThan.Name, text, text is null || read, Durations.AllowedAge);
        return read ? age : null;
    }

    private static CountOrPercent? Count(ParseResult parsed, Option<string?> option, List<InputError> errors)
    {
        var text = parsed.GetValue(option);
        var read = CountOrPercent.TryParse(text, out var value);
        Check(errors, option.Name, text, text is null || read, "a count like 3, or a percentage from 0% to 100%");
        return read ? value : null;
    }

    private TimeSpan? Duration(ParseResult parsed, List<InputError> errors)
    {
        var text = parsed.GetValue(_drainTimeout);
        var read = Durations.TryParse(text, out var value);
        Check(errors, _drainTimeout.Name, text, text is null || (read && value > TimeSpan.Zero), $"{Durations.Allowed}, above 0");
        return read ? value : null;
    }

    private static void Check(List<InputError> errors, string field, string? value, bool right, string allowed)
    {
        if (!right)
        {
            errors.Add(InputError.Argument("invalid-value", field, value, allowed, $"{field} is '{value}'; allowed: {allowed}"));
        }
    }
}
