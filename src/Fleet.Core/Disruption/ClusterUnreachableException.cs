namespace Fleet.Core.Disruption;

/// <summary>An API server that cannot be reached or that refuses the caller.</summary>
/// <param name="code"><c>unreachable</c>, <c>certificate-expired</c>, <c>certificate-invalid</c>, <c>unauthorized</c>, <c>forbidden</c>.</param>
/// <param name="message">What was attempted, on which server, and what it said; never a secret.</param>
/// <param name="inner">The cause.</param>
public sealed class ClusterUnreachableException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code.</summary>
    public string Code => code;
}
