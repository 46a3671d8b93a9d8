using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.Core.Images.Proof;

/// <summary>Judgements of what the scripts of <see cref="ProofScripts"/> say.</summary>
internal static partial class ProofJudges
{
    private const string Rebuild = "build the image again from a template that";

    private static readonly string[] StartAtBoot = ["enabled", "static", "alias"];

    public static Func<ScriptResult, ProofFinding> Version(string program, string expected) => Ended(result =>
    {
        var line = result.Output.Split('\n')[0].Trim();
        var found = VersionForm().Match(line) is { Success: true } match ? match.Groups[1].Value : line.Length == 0 ? "nothing" : line;
        return ProofFinding.Of(found == expected, found, expected, $"{Rebuild} installs {program} {expected}");
    });

    public static Func<ScriptResult, ProofFinding> Held(IReadOnlyCollection<string> packages) => Ended(result =>
    {
        var held = Lines(result).Where(line => line.EndsWith(" hold", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]);
        var free = packages.Except(held).ToList();
        return ProofFinding.Of(free.Count == 0, free.Count == 0 ? "all held" : $"not held: {string.Join(", ", free)}", $"held: {string.Join(", ", packages)}", $"{Rebuild} holds them (apt-mark hold)");
    });

    public static Func<ScriptResult, ProofFinding> Units(IReadOnlyCollection<string> enabled, IReadOnlyCollection<string> active) => Ended(result =>
    {
        var states = States(result);
        var wrong = enabled.Where(unit => !StartAtBoot.Contains(states.GetValueOrDefault(unit).Enabled)).Select(unit => $"{unit} is {Shown(states.GetValueOrDefault(unit).Enabled)}")
            .Concat(active.Where(unit => states.GetValueOrDefault(unit).Active != "active").Select(unit => $"{unit} is {Shown(states.GetValueOrDefault(unit).Active)}")).ToList();
        return ProofFinding.Of(wrong.Count == 0, wrong.Count == 0 ? "all so" : string.Join(", ", wrong), $"enabled: {string.Join(", ", enabled)}; active: {string.Join(", ", active)}", $"{Rebuild} enables them; journalctl -u UNIT says why one does not run");
    });

    public static Func<ScriptResult, ProofFinding> Off(IReadOnlyCollection<string> units) => Ended(result =>
    {
        var states = States(result);
        var wrong = units.Where(unit => states.TryGetValue(unit, out var state) && (state.Enabled.StartsWith("enabled", StringComparison.Ordinal) || state.Active == "active"))
            .Select(unit => $"{unit} is {Shown(states[unit].Enabled)} and {Shown(states[unit].Active)}").ToList();
        return ProofFinding.Of(wrong.Count == 0, wrong.Count == 0 ? "all off" : string.Join(", ", wrong), $"off: {string.Join(", ", units)}", $"{Rebuild} masks them: nodes are replaced, not patched");
    });

    public static Func<ScriptResult, ProofFinding> Modules(IReadOnlyCollection<string> modules) => Ended(result =>
        None(result, "missing", $"loaded: {string.Join(", ", modules)}", $"{Rebuild} names them in /etc/modules-load.d, on a kernel that has them"));

    public static Func<ScriptResult, ProofFinding> Swap() => Ended(result => None(result, "swap", "no swap", $"{Rebuild} turns swap off and takes it out of /etc/fstab"));

    public static Func<ScriptResult, ProofFinding> Cgroup() => Ended(result =>
        ProofFinding.Of(result.Output.Trim() == "cgroup2fs", result.Output.Trim() is { Length: > 0 } found ? found : "nothing", "cgroup2fs", "take a base image that boots with cgroup v2 (systemd.unified_cgroup_hierarchy=1); kubelet refuses v1 from 1.35 on"));

    public static Func<ScriptResult, ProofFinding> Metadata() => Ended(result =>
    {
        var lines = Lines(result);
        return ProofFinding.Of(
            lines is ["without a token 401", "with a token 200"], string.Join(", ", lines), "without a token 401, with a token 200", "set imds-support v2.0 on the image, and HttpTokens required in the launch template");
    });

    public static Func<ScriptResult, ProofFinding> RootName(string device) => Ended(result =>
        ProofFinding.Of(result.Output.Trim() == device, result.Output.Trim(), device, "set root_device_name to the name that the base image maps (aws ec2 describe-images)"));

    public static Func<ScriptResult, ProofFinding> RootSize(int gibibytes) => Ended(result => Number(result) is { } bytes
        ? ProofFinding.Of(bytes == (long)gibibytes << 30, $"{bytes / (double)(1 << 30):0.##} GiB", $"{gibibytes} GiB", "let the launch template map the root device by its own name: another name adds a second volume")
        : Unreadable(result, $"{gibibytes} GiB"));

    public static Func<ScriptResult, ProofFinding> Free(int mebibytes) => Ended(result => Number(result) is { } bytes
        ? ProofFinding.Of(bytes >= (long)mebibytes << 20, $"{bytes >> 20} MiB free", $"at least {mebibytes} MiB free", "raise root_volume_size, or pull fewer images at the build")
        : Unreadable(result, $"at least {mebibytes} MiB free"));

    public static Func<ScriptResult, ProofFinding> Listening(IReadOnlyCollection<string> allowed) => Ended(result =>
    {
        var open = Lines(result).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length >= 5 && !IsLoopback(words[4]))
            .Select(words => (Port: $"{words[0]} {words[4][(words[4].LastIndexOf(':') + 1)..]}", Shown: $"{words[0]} {words[4]}")).Where(socket => !allowed.Contains(socket.Port)).Select(socket => socket.Shown).ToList();
        return ProofFinding.Of(open.Count == 0, open.Count == 0 ? "nothing else" : string.Join(", ", open), $"only {string.Join(", ", allowed)}", $"{Rebuild} removes what listens there, or binds it to the loopback address");
    });

    public static Func<ScriptResult, ProofFinding> Leftovers() => Ended(result => None(result, "left", "nothing left", $"{Rebuild} ends with the step seal"));

    /// <summary>A recipe's own script: its exit code is the judgement.</summary>
    public static Func<ScriptResult, ProofFinding> ExitCode(string name) => result => result.End == ScriptEnd.Exited
        ? ProofFinding.Of(result.ExitCode == 0, $"exit code {result.ExitCode}{Last(result)}", "exit code 0", $"see what the script {name} says, and cure the template or the script")
        : Broken(result, "exit code 0");

    /// <summary>A bill of materials: there must be one.</summary>
    public static Func<ScriptResult, ProofFinding> Bill(string name) => result => result is { End: ScriptEnd.Exited, ExitCode: 0 }
        ? result.Beyond > 0
            ? ProofFinding.Bad($"{result.Beyond} bytes more than are kept", $"a bill of materials of at most {ProofOutput.MostOutput} bytes", $"let the script {name} put it elsewhere, and write where to its standard output")
            : ProofFinding.Of(result.Output.Trim().Length > 0, $"{result.Output.Length} characters", "a bill of materials", $"let the script {name} write it to its standard output")
        : ExitCode(name)(result);

    private static Func<ScriptResult, ProofFinding> Ended(Func<ScriptResult, ProofFinding> judge) => result => result is { End: ScriptEnd.Exited, ExitCode: 0 } ? judge(result) : Broken(result, "a script that ends with 0");

    private static ProofFinding Broken(ScriptResult result, string expected) => result.End switch
    {
        ScriptEnd.Undelivered => ProofFinding.Bad("the script did not reach the instance", expected, "see whether the SSM agent of the instance is online, and what its profile permits"),
        ScriptEnd.TimedOut => ProofFinding.Bad("the script ran longer than it may", expected, "see what it waits for, or give it a longer timeout"),
        ScriptEnd.Unread => ProofFinding.Bad($"what the script said could not be fetched whole: {result.Errors.Trim()}", expected, "prove the image again; a script must leave /var/lib/fleet alone"),
        ScriptEnd.Cancelled => ProofFinding.Bad("somebody cancelled the script", expected, "prove the image again"),
        _ => ProofFinding.Bad($"exit code {result.ExitCode}{Last(result)}", expected, "see what the script says; the image lacks a program that it needs"),
    };

    private static ProofFinding None(ScriptResult result, string what, string expected, string cure)
    {
        var lines = Lines(result);
        return ProofFinding.Of(lines.Count == 0, lines.Count == 0 ? "as expected" : $"{what}: {string.Join(", ", lines)}", expected, cure);
    }

    private static ProofFinding Unreadable(ScriptResult result, string expected) => ProofFinding.Bad(result.Output.Trim() is { Length: > 0 } said ? said : "nothing", expected, "see what the script says; the image lacks a program that it needs");

    private static string Last(ScriptResult result) => result.Errors.Trim() is { Length: > 0 } errors ? $": {errors.Split('\n')[^1]}" : "";

    private static long? Number(ScriptResult result) => long.TryParse(result.Output.Trim(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Shown(string? state) => string.IsNullOrEmpty(state) ? "not there" : state;

    private static bool IsLoopback(string address) => address.StartsWith("127.", StringComparison.Ordinal) || address.StartsWith("[::1]", StringComparison.Ordinal) || address.StartsWith("[::ffff:127.", StringComparison.Ordinal);

    private static List<string> Lines(ScriptResult result) => [.. result.Output.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static Dictionary<string, (string Enabled, string Active)> States(ScriptResult result) =>
        Lines(result).Select(line => UnitForm().Match(line)).Where(match => match.Success).ToDictionary(match => match.Groups[1].Value, match => (match.Groups[2].Value, match.Groups[3].Value));

    [GeneratedRegex(@"\bv?([0-9]+\.[0-9]+\.[0-9]+[^\s,""]*)")]
    private static partial Regex VersionForm();

    [GeneratedRegex(@"\A(\S+) (\S*) ?\. ?(\S*)\z")]
    private static partial Regex UnitForm();
}
