using System.ComponentModel;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Tools.Processes;

namespace Fleet.Tools.Hooks;

/// <summary>Hooks that are commands of this machine: <c>COMMAND read</c> prints what its place holds, <c>COMMAND write</c> writes <c>FLEET_VALUE</c> there. Both end with exit code 0, or with words on standard error.</summary>
/// <param name="hooks">The hooks by name.</param>
/// <param name="secret">Reads a secret by its name; its failure is the hook's.</param>
/// <param name="wall">Wall clock.</param>
public sealed class HookCommands(IReadOnlyDictionary<string, HookSettings> hooks, Func<string, string> secret, TimeProvider wall) : IHooks
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [.. hooks.Keys];

    /// <summary>How long a command that was asked to end may take for it.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<string> ReadAsync(HookCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var answer = (await RunAsync(call, "read", [], cancellationToken).ConfigureAwait(false)).TrimEnd('\n');
        return HookValues.Accepts(answer) ? answer
            : throw Failed(call, $"'read' printed {answer.Length} characters that are no value; allowed: one line of at most {HookValues.Longest} printable characters, or nothing");
    }

    /// <inheritdoc/>
    public Task WriteAsync(HookCall call, string value, string before, CancellationToken cancellationToken) =>
        HookValues.Accepts(value) ? RunAsync(call, "write", [new("FLEET_VALUE", value), new("FLEET_BEFORE", before)], cancellationToken) : throw new ArgumentException("one line of printable characters", nameof(value));

    private async Task<string> RunAsync(HookCall call, string verb, KeyValuePair<string, string>[] values, CancellationToken cancellationToken)
    {
        if (!hooks.TryGetValue(call.Name, out var hook))
        {
            throw new HookFailedException(HookFailedException.Unknown, $"the settings know no hook '{call.Name}'{NearestNames.Hint(call.Name, hooks.Keys)}");
        }

        var folder = Directory.CreateTempSubdirectory("fleet-hook-");
        try
        {
            var secrets = hook.Secrets.ToDictionary(one => one.Key, one => Read(call, one.Value));
            var environment = new Dictionary<string, string> { ["PATH"] = ToolProcess.UsualPath, ["LANG"] = "C.UTF-8", ["HOME"] = folder.FullName, ["TMPDIR"] = folder.FullName };
            foreach (var (name, value) in hook.Environment.Concat(secrets).Concat(values).Concat(
                [new("FLEET_HOOK", call.Name), new("FLEET_CLUSTER", call.Cluster), new("FLEET_POOL", call.Pool), new("FLEET_RUN", call.RunId)]))
            {
                environment[name] = value;
            }

            var words = new HookWords(secrets.Values);
            var code = await EndAsync(call, hook, verb, environment, folder.FullName, words, cancellationToken).ConfigureAwait(false);
            return code == 0 ? words.Answer : throw Failed(call, $"'{verb}' ended with exit code {code}{(code == 127 ? $" (is {hook.Command[0]} there?)" : "")}: {words.Complaint}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<int> EndAsync(HookCall call, HookSettings hook, string verb, Dictionary<string, string> environment, string folder, HookWords words, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(hook.Timeout, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var process = ToolProcess.Start(hook.Command[0], [.. hook.Command.Skip(1), verb], environment, folder, words.Hear, words.HearError);
            var end = process.EndAsync();
            try
            {
                return await end.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It has ended before anything else is decided: a write that came late would undo what is written next.
                await process.StopAsync(Patience, wall).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                throw Failed(call, $"'{verb}' took more than {Durations.Format(hook.Timeout)} and was ended; {words.Complaint}");
            }
        }
        catch (Win32Exception absent)
        {
            throw new HookFailedException(HookFailedException.Failed, $"hook {call.Name} cannot be started: {absent.Message}", absent);
        }
    }

    private string Read(HookCall call, string name)
    {
        try
        {
            return secret(name);
        }
        catch (Exception unavailable) when (unavailable is not OperationCanceledException)
        {
            throw new HookFailedException(HookFailedException.Failed, $"hook {call.Name}: {unavailable.Message}", unavailable);
        }
    }

    private static HookFailedException Failed(HookCall call, string what) => new(HookFailedException.Failed, $"hook {call.Name}: {what}");
}
