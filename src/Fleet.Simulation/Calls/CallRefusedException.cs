namespace Fleet.Simulation.Calls;

/// <summary>A service's own refusal of a call: AWS error or Kubernetes Status. The wire answers it as the service would.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">AWS error code or Kubernetes reason.</param>
/// <param name="message">The service's message.</param>
public class CallRefusedException(int status, string code, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>AWS error code (<c>ValidationError</c>) or Kubernetes reason (<c>NotFound</c>).</summary>
    public string Code => code;
}
