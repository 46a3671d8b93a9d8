using System.Net;
using System.Net.Sockets;
using System.Text;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Tests.Outgoing;

/// <summary>What is connected to, over real sockets; judged by whether the listener was called.</summary>
public sealed class OutgoingHandlerTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _called = [];

    public OutgoingHandlerTests()
    {
        _listener.Start();
        _ = AnswerAsync();
    }

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _ending.Dispose();
    }

    [Fact]
    public async Task What_is_allowed_is_reached()
    {
        (await GetAsync(new OutgoingRules { Loopback = true, PlainHttp = ["hook.example"] }, "hook.example", "127.0.0.1")).StatusCode.ShouldBe(HttpStatusCode.Found);
        _called.Count.ShouldBe(1, "a redirect is not followed");
    }

    [Fact]
    public async Task A_name_that_leads_to_a_forbidden_address_is_not_connected_to()
    {
        var refused = await Should.ThrowAsync<HttpRequestException>(() => GetAsync(new OutgoingRules { PlainHttp = ["hook.example"] }, "hook.example", "127.0.0.1"));
        refused.InnerException.ShouldBeOfType<OutgoingRefusedException>().Message.ShouldContain("hook.example leads to 127.0.0.1, which is a loopback address");
        _called.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_forbidden_address_among_good_ones_is_enough() =>
        await Should.ThrowAsync<HttpRequestException>(() => GetAsync(new OutgoingRules { Loopback = true, PlainHttp = ["hook.example"] }, "hook.example", "127.0.0.1", "169.254.169.254"));

    [Fact]
    public async Task A_name_that_leads_elsewhere_at_the_next_connection_is_judged_anew()
    {
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        var rules = new OutgoingRules { Loopback = true, PlainHttp = ["hook.example"] };
        using var client = new HttpMessageInvoker(OutgoingHandler.Create(rules, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())])));
        (await SendAsync(client, "hook.example")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await Should.ThrowAsync<HttpRequestException>(() => SendAsync(client, "hook.example"))).InnerException.ShouldBeOfType<OutgoingRefusedException>();
        answers.ShouldBeEmpty();
        _called.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Plain_http_is_refused_where_nobody_allowed_it()
    {
        var refused = await Should.ThrowAsync<HttpRequestException>(() => GetAsync(new OutgoingRules { Hosts = ["hook.example"] }, "hook.example", "127.0.0.1"));
        refused.InnerException.ShouldBeOfType<OutgoingRefusedException>().Message.ShouldContain("plainHttp");
        _called.ShouldBeEmpty();
    }

    private async Task<HttpResponseMessage> GetAsync(OutgoingRules rules, string host, params string[] addresses)
    {
        using var client = new HttpMessageInvoker(OutgoingHandler.Create(rules, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)])));
        return await SendAsync(client, host);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}:{Port}/");
        return await client.SendAsync(request, _ending.Token);
    }

    /// <summary>Answers with a redirect to itself, and closes the connection.</summary>
    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                _called.Add(await reader.ReadLineAsync(_ending.Token) ?? "");
                while (await reader.ReadLineAsync(_ending.Token) is { Length: > 0 })
                {
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _ending.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }
}
