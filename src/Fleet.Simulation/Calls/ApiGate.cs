namespace Fleet.Simulation.Calls;

/// <summary>Every verb on the world passes here, from the ports and from the wire alike, so that faults, denials and the log are the same for both.</summary>
public sealed class ApiGate(World world)
{
    /// <summary>The call whose body runs now: what changes meanwhile is its doing. Null while the world acts by itself.</summary>
    public WorldCall? Current { get; private set; }

    /// <summary>Makes a call: applies the fault plan, runs the body under the world's lock and writes the log.</summary>
    /// <param name="call">Who does what to which object.</param>
    /// <param name="body">The verb itself; throws <see cref="CallRefusedException"/> to refuse.</param>
    /// <param name="success">HTTP status of success.</param>
    /// <exception cref="WorldFaultException">A planned fault hit the call.</exception>
    /// <exception cref="CallRefusedException">The service refused.</exception>
    public T Make<T>(WorldCall call, Func<T> body, int success = 200)
    {
        lock (world.Gate)
        {
            var fault = world.Faults.For(call);
            if (fault is { } early && early != WorldFaultKind.TimeoutAfterSuccess)
            {
                Log(call, StatusOf(early), early.ToString(), applied: false);
                throw new WorldFaultException(early, call);
            }

            T answer;
            var outer = Current;
            Current = call;
            try
            {
                answer = body();
            }
            catch (CallRefusedException refusal)
            {
                Log(call, refusal.Status, refusal.Code, applied: false);
                throw;
            }
            finally
            {
                Current = outer;
            }

            if (fault is { } late)
            {
                Log(call, 0, late.ToString(), applied: true);
                throw new WorldFaultException(late, call);
            }

            Log(call, success, null, applied: true);
            return answer;
        }
    }

    private static int StatusOf(WorldFaultKind kind) => kind switch
    {
        WorldFaultKind.Throttled => 429,
        WorldFaultKind.ServerError => 503,
        WorldFaultKind.Denied => 403,
        _ => 0,
    };

    private void Log(WorldCall call, int answer, string? error, bool applied) =>
        world.Log.Add(new CallRecord(world.Log.Records.Count + 1, world.Now, call.Api, call.Caller, call.Verb, call.Subject, call.Detail, call.Writes, answer, error, applied));
}
