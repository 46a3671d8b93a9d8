namespace k8s.Autorest;

public interface IHttpOperationResponse<T> : IHttpOperationResponse
{
    T Body { get; set; }
}
