namespace k8s;

public partial interface IKubernetes : IDisposable
{
    Uri BaseUri { get; set; }
}
