namespace Fleet.Sdk.Tests.Wire;

/// <summary>A request as it arrived.</summary>
internal sealed record AwsRequest(string Method, string Path, string? Target, string? ContentType, string Body);
