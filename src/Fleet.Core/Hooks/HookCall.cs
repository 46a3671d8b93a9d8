namespace Fleet.Core.Hooks;

/// <summary>Which hook is asked, and for which pool.</summary>
/// <param name="Name">The hook's name in the server's settings.</param>
/// <param name="Cluster">The pool's cluster.</param>
/// <param name="Pool">The pool.</param>
/// <param name="RunId">The run on whose behalf; empty while nothing but a check goes on.</param>
public sealed record HookCall(string Name, string Cluster, string Pool, string RunId);
