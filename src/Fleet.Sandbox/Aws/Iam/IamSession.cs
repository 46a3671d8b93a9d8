namespace Fleet.Sandbox.Aws.Iam;

/// <summary>Temporary credentials that AssumeRole gave.</summary>
internal sealed record IamSession(IamRole Role, string Name, string AccessKeyId, string SecretAccessKey, string Token, DateTimeOffset Expires);
