using System.Text.Json.Nodes;
using Fleet.Sdk.Tests.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>The aws command is the reference for what goes over the wire and for what it means.</summary>
public sealed class CommandTests(CommandExchanges commands) : IClassFixture<CommandExchanges>
{
    /// <summary>Members of the models that an aws command of botocore 1.43.11 does not know yet.</summary>
    private static readonly string[] UnknownToTheCommand =
        ["Activities", "DistributionSegments", "ImageWatermarks", "InstanceTypeSpecification", "Operator", "PublicSsmParameterName", "SourceLocation"];

    public static TheoryData<string, string> Operations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var service in ServiceUnderTest.All.Values)
            {
                foreach (var operation in service.Operations)
                {
                    data.Add(service.Command, operation);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_request_with_every_member_set_has_the_fields_that_the_aws_command_sends(string command, string operation)
    {
        var service = ServiceUnderTest.All[command];
        var exchange = await commands.ExchangeAsync(command, operation);
        await using var recorder = await AwsRecorder.StartAsync(exchange.Answer);
        using var client = service.Client(recorder.Url);

        await service.CallAsync(client, operation, exchange.Arguments);

        var (actual, expected) = (recorder.Take(), exchange.Sent);
        actual.Method.ShouldBe(expected.Method);
        actual.Path.ShouldBe(expected.Path);
        actual.Target.ShouldBe(expected.Target);
        actual.ContentType!.Split(';')[0].ShouldBe(expected.ContentType!.Split(';')[0]);
        Fields(expected).Except(Fields(actual)).ShouldBeEmpty("only the command sends these");
        Fields(actual).Except(Fields(expected)).ShouldBeEmpty("only the client sends these");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_answer_with_every_member_set_reads_as_the_aws_command_reads_it(string command, string operation)
    {
        var service = ServiceUnderTest.All[command];
        var exchange = await commands.ExchangeAsync(command, operation);
        await using var recorder = await AwsRecorder.StartAsync(exchange.Answer);
        using var client = service.Client(recorder.Url);

        var response = await service.CallAsync(client, operation, exchange.Arguments);

        var comparer = new AnswerComparer(command, operation);
        comparer.Differences(exchange.Output, response).ShouldBeEmpty();
        comparer.Unprinted.Where(member => !UnknownToTheCommand.Contains(member.Member)).ShouldBeEmpty("only the client reads these");
    }

    private static IEnumerable<string> Fields(AwsRequest request) => request.Target is null
        ? QueryHelpers.ParseQuery(request.Body).Select(field => $"{field.Key} = {field.Value}")
        : Leaves("", JsonNode.Parse(request.Body)!);

    private static IEnumerable<string> Leaves(string path, JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves($"{path}.{member.Key}", member.Value!)),
        JsonArray items => items.SelectMany((item, index) => Leaves($"{path}[{index}]", item!)),
        _ => [$"{path} = {node.ToJsonString()}"],
    };
}
