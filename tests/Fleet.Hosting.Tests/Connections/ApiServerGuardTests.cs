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

    [Fact]
    public async Task A_name_that_leads_elsewhere_a_moment_later_gains_nothing()
    {
        var reached = new Reached();
        var answers = new Queue<IPAddress>([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("169.254.169.254")]);
        using var client = new HttpClient(new ApiServerGuard((_, _) => Task.FromResult<IPAddress[]>([answers.Dequeue()])) { InnerHandler = reached });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.site.example:6443/version");

        await client.SendAsync(request);

        reached.Hosts.ShouldBe(["10.0.0.1:6443 as api.site.example:6443"], "the address that was judged, under the name that the certificate bears");
        (request.RequestUri!.Host, request.Headers.Host).ShouldBe(("api.site.example", null), "the caller's request is as it was");
        answers.Count.ShouldBe(1, "the name is not looked up again");
    }

    [Fact]
    public async Task Where_there_is_no_connection_the_names_next_address_is_tried()
    {
        var reached = new Reached { Dead = "10.0.0.1" };
        using var client = Client(reached, IPAddress.Parse("10.0.0.1"), IPAddress.Parse("fd12::1"));
        (await client.GetAsync(new Uri("https://api.site.example"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        reached.Hosts.ShouldBe(["10.0.0.1:443 as api.site.example", "[fd12::1]:443 as api.site.example"]);

        reached.Dead = "10.0.0.1 [fd12::1]";
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("https://api.site.example")));
        reached.Requests.ShouldBe(4);
    }

    [Fact]
    public async Task What_goes_through_a_proxy_keeps_its_name()
    {
        var reached = new Reached();
        using var client = new HttpClient(new ApiServerGuard((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")]), new WebProxy("http://proxy.example:3128")) { InnerHandler = reached });
        await client.GetAsync(new Uri("https://api.site.example"));
        reached.Hosts.ShouldBe(["api.site.example:443 as "]);
    }

    [Theory]
    [InlineData("api.site.example", true)]
    [InlineData("other.site.example", false)]
    public async Task The_servers_certificate_is_judged_by_the_name(string inCertificate, bool trusted)
    {
        using var server = new TlsServer(inCertificate);
        var guarded = new ApiServerGuard((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])) { InnerHandler = server.Trusting() };
        using var client = new HttpClient(guarded);
        var asked = client.GetStringAsync(new Uri($"https://api.site.example:{server.Port}/version"));
        if (trusted)
        {
            (await asked).ShouldBe("answered");
        }
        else
        {
            (await Should.ThrowAsync<HttpRequestException>(() => asked)).HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
        }

        server.Asked.ShouldBe(["api.site.example"]);
    }

    private static HttpClient Client(Reached reached, params IPAddress[] addresses) => new(new ApiServerGuard((_, _) => Task.FromResult(addresses)) { InnerHandler = reached });

    private sealed class Reached : HttpMessageHandler
    {
        public string Dead { get; set; } = "";

        public List<string> Hosts { get; } = [];

        public int Requests => Hosts.Count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var host = request.RequestUri!.Host;
            Hosts.Add($"{host}:{request.RequestUri.Port} as {request.Headers.Host}");
            return Dead.Split(' ').Contains(host) ? throw new HttpRequestException(HttpRequestError.ConnectionError) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
