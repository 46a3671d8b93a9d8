namespace Fleet.Core.Images.Proof;

/// <summary>
/// Proves an image on one instance of it, step by step: the caller records each step's state before the next one, so that whoever goes on after a crash knows what was about to be sent. A script is looked for by its remark before it is sent, and runs
/// once on the instance however often it is sent. What it says beyond what a command returns is fetched in pieces, each by a command of its own. Every check is made; the proof has failed when one of them has.
/// </summary>
public static class Prover
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PieceTimeout = TimeSpan.FromMinutes(1);

    /// <summary>A proof that has not begun.</summary>
    public static ProofState Begin(DateTimeOffset now) => new() { Began = now };

    /// <summary>Does one step.</summary>
    /// <param name="order">What is proved; the same for every step.</param>
    /// <param name="state">Where the proof stands, as recorded.</param>
    /// <param name="scripts">The way to the instance.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the wait for an answer; the state stays as recorded.</param>
    public static Task<ProofStep> StepAsync(ProofOrder order, ProofState state, IInstanceScripts scripts, DateTimeOffset now, CancellationToken cancellationToken) => state.Phase switch
    {
        ProofPhase.Waiting => WaitAsync(order, state, scripts, now, cancellationToken),
        ProofPhase.Sending => SendAsync(order, state, scripts, now, cancellationToken),
        ProofPhase.Running => ReadAsync(order, state, scripts, now, cancellationToken),
        _ => Task.FromResult(new ProofStep(state, TimeSpan.Zero)),
    };

    /// <summary>Ends a proof on demand, with the script that is with the instance.</summary>
    public static async Task<ProofState> CancelAsync(ProofState state, IInstanceScripts scripts, CancellationToken cancellationToken)
    {
        if (state.Ended)
        {
            return state;
        }

        if (state.Command is { } command)
        {
            await scripts.CancelAsync(command, cancellationToken).ConfigureAwait(false);
        }

        return state with { Phase = state.Phase.To(ProofPhase.Cancelled) };
    }

    private static async Task<ProofStep> WaitAsync(ProofOrder order, ProofState state, IInstanceScripts scripts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await scripts.ReachableAsync(order.Instance, cancellationToken).ConfigureAwait(false))
        {
            return new ProofStep(state with { Phase = state.Phase.To(ProofPhase.Sending), Intended = now }, TimeSpan.Zero);
        }

        if (now - state.Began <= order.Boot)
        {
            return new ProofStep(state, Patient);
        }

        var finding = ProofFinding.Bad(
            $"no word from {order.Instance} for {order.Boot.TotalMinutes:0.#} min", "an instance that boots and whose SSM agent reports",
            "see the instance's console output; its subnet must reach SSM, and its instance profile must permit AmazonSSMManagedInstanceCore");
        return new ProofStep(state with { Phase = state.Phase.To(ProofPhase.Failed), Verdicts = state.Verdicts.Add(new ProofVerdict("boot", ProofKind.Fleet, finding, "", "", now)) }, TimeSpan.Zero);
    }

    private static async Task<ProofStep> SendAsync(ProofOrder order, ProofState state, IInstanceScripts scripts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var check = ProofChecks.Of(order)[state.Check];
        var script = state.Output is { Fetched.Length: var offset }
            ? new InstanceScript(order.Instance, ProofScripts.Remark(order.Run, $"{check.Name} from {offset}"), ProofScripts.Next(order.Run, check.Name, offset), PieceTimeout, order.Delivery)
            : new InstanceScript(order.Instance, ProofScripts.Remark(order.Run, check.Name), ProofScripts.Once(order.Run, check.Name, check.Script), check.Timeout, order.Delivery);
        var command = await scripts.FindAsync(order.Instance, script.Remark, cancellationToken).ConfigureAwait(false) ?? await scripts.SendAsync(script, cancellationToken).ConfigureAwait(false);
        return new ProofStep(state with { Phase = state.Phase.To(ProofPhase.Running), Command = command, Sent = now }, Soon);
    }

    private static async Task<ProofStep> ReadAsync(ProofOrder order, ProofState state, IInstanceScripts scripts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (checks, age) = (ProofChecks.Of(order), now - state.Sent!.Value);
        var check = checks[state.Check];
        var result = await scripts.ReadAsync(order.Instance, state.Command!, cancellationToken).ConfigureAwait(false);
        if (result is null && age > Lost)
        {
            return new ProofStep(state with { Phase = state.Phase.To(ProofPhase.Sending), Command = null, Sent = null }, TimeSpan.Zero);
        }

        if (result is null or { End: ScriptEnd.None })
        {
            if (age <= order.Delivery + (state.Output is null ? check.Timeout : PieceTimeout) + Margin)
            {
                return new ProofStep(state, age < Patient ? Soon : Patient);
            }

            await scripts.CancelAsync(state.Command!, cancellationToken).ConfigureAwait(false);
            result = new ScriptResult(ScriptEnd.TimedOut, -1, result?.Output ?? "", result?.Errors ?? "");
        }

        var output = state.Output is { } known ? known.With(result) : ProofOutput.Of(result);
        if (output is { Ended: false })
        {
            return new ProofStep(state with { Phase = state.Phase.To(ProofPhase.Sending), Output = output, Intended = now, Command = null, Sent = null }, TimeSpan.Zero);
        }

        result = output?.Whole() ?? result;
        var judged = state with { Verdicts = state.Verdicts.Add(new ProofVerdict(check.Name, check.Kind, check.Judge(result), Told(result), result.Errors, now)), Output = null, Command = null, Sent = null };
        return state.Check + 1 < checks.Length
            ? new ProofStep(judged with { Phase = state.Phase.To(ProofPhase.Sending), Check = state.Check + 1, Intended = now }, TimeSpan.Zero)
            : new ProofStep(judged with { Phase = state.Phase.To(judged.Verdicts.All(verdict => verdict.Finding.Passed) ? ProofPhase.Passed : ProofPhase.Failed), Intended = null }, TimeSpan.Zero);
    }

    /// <summary>The output, and where it ends before its end, that it does.</summary>
    private static string Told(ScriptResult result) => result.Beyond == 0 ? result.Output : $"{result.Output}\n… and {result.Beyond} bytes more, which are not kept: the first {ProofOutput.MostOutput} are\n";
}
