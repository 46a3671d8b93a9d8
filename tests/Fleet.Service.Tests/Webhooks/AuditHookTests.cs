using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Settings;
using Fleet.Service.Auditing;
using Fleet.Service.Notifications;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Service.Tests.Webhooks;

/// <summary>The audit log's head outside of the database, as its receiver sees it.</summary>
public sealed class AuditHookTests : IDisposable
{
    private static readonly AuditEntry Head = AuditChain.Append(
        new AuditEntry { At = DateTimeOffset.UnixEpoch, Caller = "ada", Source = "local", Action = "PUT /v1/clusters/site", Outcome = "200" }, 1, AuditChain.Root);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<(string Timestamp, string Signature, string Body)> _received = [];

    public AuditHookTests() => _listener.Start();

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _ending.Dispose();
    }

    [Fact]
    public async Task It_is_told_again_until_it_was_heard_and_signed_each_time()
    {
        var answering = AnswerAsync("503 Service Unavailable", "302 Found", "204 No Content", "204 No Content");
        await TellAsync(new OutgoingRules { Loopback = true });

        _received.Count.ShouldBe(3);
        var body = JsonNode.Parse(_received[^1].Body)!;
        ((string?)body["kind"], (long?)body["sequence"], (string?)body["hash"]).ShouldBe(("audit-head", 1, Head.Hash));
        _received.ShouldAllBe(call => call.Signature == NotificationSender.Sign("shared", call.Timestamp, Encoding.UTF8.GetBytes(call.Body)));
        await _ending.CancelAsync();
        await answering;
    }

    [Fact]
    public async Task What_the_outgoing_rules_forbid_is_never_called()
    {
        var answering = AnswerAsync("204 No Content");
        await TellAsync(new OutgoingRules());

        await _ending.CancelAsync();
        await answering;
        _received.ShouldBeEmpty();
    }

    /// <summary>Reckoned with: printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac key.</summary>
    [Fact]
    public void The_signature_is_what_openssl_makes_of_it() =>
        NotificationSender.Sign("key", "1700000000", Encoding.UTF8.GetBytes("""{"a":1}""")).ShouldBe("v1=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03");

    private async Task TellAsync(OutgoingRules rules)
    {
        var webhook = new AuditWebhook(new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/head"), "hook");
        var secrets = new NamedSecrets(new Dictionary<string, SecretSource> { ["hook"] = new(null, "HOOK") }, _ => "shared");
        await new AuditHook(webhook, secrets, rules, TimeProvider.System, new HeadTelling(TimeProvider.System, [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero])).TellAsync(Head, NullLogger.Instance, CancellationToken.None);
    }

    private async Task AnswerAsync(params string[] answers)
    {
        try
        {
            foreach (var answer in answers)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
                var headers = new Dictionary<string, string>();
                while (await reader.ReadLineAsync(_ending.Token) is { Length: > 0 } line)
                {
                    if (line.Split(": ", 2) is [var name, var value])
                    {
                        headers[name] = value;
                    }
                }

                var body = new char[int.Parse(headers["Content-Length"])];
                await reader.ReadBlockAsync(body, _ending.Token);
                _received.Add((headers["Fleet-Timestamp"], headers["Fleet-Signature"], new string(body)));
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nLocation: /elsewhere\r\n{(answer.StartsWith("204", StringComparison.Ordinal) ? "" : "Content-Length: 0\r\n")}Connection: close\r\n\r\n"), _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }
}
