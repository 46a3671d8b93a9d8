using System.Text.Json;
using Fleet.Sdk.Tests.Wire;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>One run of the aws command.</summary>
/// <param name="Arguments">What was asked, in the form the client takes it.</param>
/// <param name="Sent">What went over the wire.</param>
/// <param name="Answer">What came back.</param>
/// <param name="Output">What the command printed.</param>
internal sealed record CommandExchange(JsonElement Arguments, AwsRequest Sent, string Answer, string Output);
