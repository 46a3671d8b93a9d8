using Fleet.Service.Tests.Databases;
using Fleet.Service.Watching;
using Fleet.Simulation.Calls;

namespace Fleet.Service.Tests.Watching;

/// <summary>Traces and metrics as a receiver gets them, held to the world's own log of calls. Spans are the process's, so that nothing else runs beside.</summary>
[Collection(nameof(Alone))]
public abstract class OtlpTests(Engine engine)
{
    public sealed class OnSqlite() : OtlpTests(Engine.Sqlite);

    public sealed class OnPostgres() : OtlpTests(Engine.Postgres);

    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Every_call_that_the_world_saw_has_a_span_and_those_of_a_run_its_id()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        string id;
        CallLog log;
        await using (var fleet = await ServedFleet.StartAsync(engine, otlp: new OtlpTarget(receiver.Address, Http: true)))
        {
            await fleet.DeclareAsync();
            var run = await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order(), ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"));
            ((string?)run.Json["phase"]).ShouldBe("succeeded", run.Body);
            id = (string)run.Json["id"]!;
            log = fleet.Sandbox.World.Log;
        }

        var calls = log.Records;
        var spans = receiver.Spans;
        var requests = spans.Where(span => span.Attributes.ContainsKey("http.route") || span.Name.Contains("Microsoft.AspNetCore", StringComparison.Ordinal)).ToList();
        requests.ShouldContain(span => span.Trace == Trace, "the caller's trace goes on in the request");
        foreach (var verb in calls.Where(call => call.Api == Api.Aws).GroupBy(call => call.Verb))
        {
            spans.Count(span => span.Name.EndsWith($":{verb.Key}", StringComparison.Ordinal)).ShouldBe(verb.Count(), verb.Key);
        }

        foreach (var verb in calls.Where(call => call.Api == Api.Kubernetes && !call.Verb.StartsWith("watch", StringComparison.Ordinal)).GroupBy(call => call.Verb))
        {
            spans.Count(span => span.Name == verb.Key).ShouldBe(verb.Count(), verb.Key);
        }

        // What has no run's id is part of a request, such as the checks before the run, or serves every run of the cluster: the watched view.
        var known = requests.Select(span => span.Trace).ToHashSet();
        spans.Where(span => span.Attributes.ContainsKey("rpc.method") && span.Run is null && !known.Contains(span.Trace))
            .ShouldAllBe(span => span.Name.StartsWith("list ", StringComparison.Ordinal) || span.Name.StartsWith("watch ", StringComparison.Ordinal));
        foreach (var write in calls.Where(call => call.Writes && !call.Verb.StartsWith("create selfsubjectaccessreviews", StringComparison.Ordinal)).Select(call => call.Verb).Distinct())
        {
            spans.ShouldContain(span => (span.Name == write || span.Name.EndsWith($":{write}", StringComparison.Ordinal)) && span.Run == id, write);
        }

        var rounds = spans.Where(span => span.Name == "rotation round").ToList();
        rounds.Count.ShouldBeGreaterThan(3);
        rounds.ShouldAllBe(round => round.Run == id && round.Parent.Length == 0 && round.LinkedTraces.SequenceEqual(new[] { Trace }));
        foreach (var name in new[] { "fleet.nodes.replaced", "fleet.aws.calls", "fleet.database.up", "fleet.replica.info" })
        {
            receiver.Metrics.ShouldContain(name);
        }
    }

    [Fact]
    public async Task A_receiver_that_is_away_costs_no_run()
    {
        await using var fleet = await ServedFleet.StartAsync(engine, otlp: new OtlpTarget(new Uri("http://127.0.0.1:1"), Http: true));
        await fleet.DeclareAsync();

        var run = await fleet.SendAsync(HttpMethod.Post, "/v1/runs?wait=2m", ServedFleet.Order());

        ((string?)run.Json["phase"]).ShouldBe("succeeded", run.Body);
    }

    [Theory]
    [InlineData("collector", null, OtlpTarget.EndpointVariable)]
    [InlineData("ftp://collector", null, OtlpTarget.EndpointVariable)]
    [InlineData("http://collector:4318", "http/json", OtlpTarget.ProtocolVariable)]
    public void A_receiver_that_cannot_be_is_refused(string endpoint, string? protocol, string named) =>
        Should.Throw<FormatException>(() => OtlpTarget.Of(Environment(endpoint, protocol, null))).Message.ShouldStartWith(named);

    [Fact]
    public void The_standards_variables_say_where_and_how()
    {
        OtlpTarget.Of(Environment(null, null, null)).ShouldBeNull();
        OtlpTarget.Of(Environment("http://collector:4317", null, "true")).ShouldBeNull();
        OtlpTarget.Of(Environment("http://collector:4317", null, null)).ShouldBe(new OtlpTarget(new Uri("http://collector:4317"), Http: false));
        OtlpTarget.Of(Environment("https://collector:4318/otlp/", "http/protobuf", null))!.For("traces").ShouldBe(new Uri("https://collector:4318/otlp/v1/traces"));
    }

    private static Func<string, string?> Environment(string? endpoint, string? protocol, string? disabled) => name => name switch
    {
        OtlpTarget.EndpointVariable => endpoint,
        OtlpTarget.ProtocolVariable => protocol,
        "OTEL_SDK_DISABLED" => disabled,
        _ => null,
    };
}
