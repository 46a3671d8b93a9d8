using System.Net;
using System.Net.Sockets;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Tests.Connections;

/// <summary>Where no API server is reached, whoever has written the kubeconfig.</summary>
public sealed class ApiServerGuardTests
{
    [Theory]
    [InlineData("https://169.254.169.254", "169.254.169.254 is an address of the instance metadata service")]
    [InlineData("https://169.254.1.2:6443", "169.254.1.2 is a link-local address")]
    [InlineData("https://[fe80::1]:6443", "fe80::1 is a link-local address")]
    [InlineData("https://[fd00:ec2::254]", "fd00:ec2::254 is an address of the instance metadata service")]
    [InlineData("https://[::ffff:169.254.169.254]", "is an address of the instance metadata service")]
    [InlineData("https://api.site.example:6443", "api.site.example leads to 169.254.169.254, which is an address of the instance metadata service")]
    public async Task Link_local_and_metadata_addresses_are_refused(string url, string why)
    {
        var reached = new Reached();
        using var client = Client(reached, IPAddress.Parse("10.0.0.1"), IPAddress.Parse("169.254.169.254"));

        var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri(url)));

        refused.Message.ShouldContain(why);
        refused.InnerException.ShouldBeOfType<OutgoingRefusedException>();
        reached.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("https://10.0.0.1:6443")]
    [InlineData("https://127.0.0.1:6443")]
    [InlineData("https://[fd12::1]:6443")]
    [InlineData("https://8.8.8.8")]
    [InlineData("https://api.site.example")]
    public async Task What_an_admin_settled_is_reached_private_or_not(string url)
    {
        var reached = new Reached();
        using var client = Client(reached, IPAddress.Parse("10.0.0.1"));

        (await client.GetAsync(new Uri(url))).StatusCode.ShouldBe(HttpStatusCode.OK);

        reached.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_the_transports_to_report()
    {
        var reached = new Reached();
        using var client = new HttpClient(new ApiServerGuard((_, _) => throw new SocketException((int)SocketError.HostNotFound)) { InnerHandler = reached });
        await client.GetAsync(new Uri("https://nowhere.example"));
        reached.Requests.ShouldBe(1);
    }

    private static HttpClient Client(Reached reached, params IPAddress[] addresses) => new(new ApiServerGuard((_, _) => Task.FromResult(addresses)) { InnerHandler = reached });

    private sealed class Reached : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
