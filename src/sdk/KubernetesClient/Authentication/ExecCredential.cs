namespace k8s.Authentication;

/// <summary>What a credential plugin answered.</summary>
internal sealed record ExecCredential(string Token, string ClientCertificateData, string ClientKeyData, DateTimeOffset? Expires);
