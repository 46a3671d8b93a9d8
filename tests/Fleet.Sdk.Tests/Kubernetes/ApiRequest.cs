namespace Fleet.Sdk.Tests.Kubernetes;

/// <summary>A request as it arrived; <paramref name="Line"/> is verb, path and query.</summary>
internal sealed record ApiRequest(string Line, string Protocol, string? Authorization, string? ContentType, string Body, string? ClientCertificate, string Host);
