using k8s.Models;

namespace k8s;

public class KubernetesException : Exception
{
    public KubernetesException()
    {
    }

    public KubernetesException(string message)
        : base(message)
    {
    }

    public KubernetesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public KubernetesException(V1Status status)
        : this(status, null)
    {
    }

    public KubernetesException(V1Status status, Exception innerException)
        : base(status?.Message, innerException) => Status = status;

    public V1Status Status { get; }
}
