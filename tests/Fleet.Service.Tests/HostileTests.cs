using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Service.Tests.Databases;

namespace Fleet.Service.Tests;

/// <summary>Callers that mean no good: the service answers each with a problem, never fails, and keeps nothing of them. Alone in the process, whose heap it measures.</summary>
[Collection(nameof(Alone))]
public abstract class HostileTests(Engine engine) : IAsyncLifetime
{
    public sealed class OnSqlite() : HostileTests(Engine.Sqlite);

    public sealed class OnPostgres() : HostileTests(Engine.Postgres);

    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("FLEET_HOSTILE_REQUESTS") ?? "2000", CultureInfo.InvariantCulture);

    private BareService _service = null!;

    public async Task InitializeAsync() => _service = await BareService.StartAsync(engine);

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("Host: attacker.example", "421")]
    [InlineData("Host: 127.0.0.1.attacker.example:7070", "421")]
    [InlineData("Host: localhost", "200")]
    [InlineData("Host: [::1]:7070", "200")]
    [InlineData("Host: 127.0.0.1\r\nOrigin: http://attacker.example", "403")]
    [InlineData("Host: 127.0.0.1\r\nOrigin: null", "403")]
    [InlineData("Host: 127.0.0.1\r\nOrigin: http://127.0.0.1", "200")]
    public async Task A_web_page_of_another_host_or_origin_is_refused(string headers, string status) =>
        (await RawAsync($"GET /v1/clusters HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n")).ShouldStartWith($"HTTP/1.1 {status} ");

    [Fact]
    public async Task A_form_that_a_page_could_post_is_no_order()
    {
        var body = """{"kind":"rotation"}""";
        (await RawAsync($"POST /v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}")).ShouldStartWith("HTTP/1.1 415 ");
    }

    [Fact]
    public async Task Whatever_is_sent_no_request_makes_the_service_fail_and_memory_stays()
    {
        var requests = new HostileRequests(new Random(7), BareService.Cluster(), ServedFleet.Pool(), ServedFleet.Order());
        long before = 0;
        for (var index = 0; index < Count; index++)
        {
            var (request, cut) = requests.Next();
            var answer = await RawAsync(request, cut);
            var status = answer.Length == 0 ? 0 : int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
            status.ShouldBeLessThan(500, $"request {index}: {Shown(request)} got {answer}");
            if (status >= 400 && answer.Contains("application/problem+json", StringComparison.Ordinal) && answer.IndexOf('{') is var start and >= 0)
            {
                ((string?)JsonNode.Parse(answer[start..])!["code"]).ShouldNotBeNullOrEmpty(Shown(request));
            }

            if (index == Math.Max(1000, Count / 10))
            {
                before = Heap();
            }
        }

        Heap().ShouldBeLessThan((long)(before * 1.1));
        (await _service.Store.ListAsync(null, null, unfinishedOnly: false, CancellationToken.None)).ShouldBeEmpty();
        (await RawAsync("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 200 ");
    }

    /// <summary>All that is held after a full collection, large arrays included.</summary>
    private static long Heap()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Shown(string request) => request.Length > 400 ? request[..400] + "…" : request;

    private async Task<string> RawAsync(string request, bool cut = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _service.Address.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
            if (cut)
            {
                // Kestrel ends a request whose caller has closed without an answer.
                client.Client.Shutdown(SocketShutdown.Send);
            }

            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            // The service has cut the connection: its way to end what is no HTTP.
            return "";
        }
    }
}
