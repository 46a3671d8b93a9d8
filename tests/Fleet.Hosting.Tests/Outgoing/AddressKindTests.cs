using System.Net;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Tests.Outgoing;

public sealed class AddressKindTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("169.254.170.2")]
    [InlineData("169.254.1.1")]
    [InlineData("fe80::1%1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("2001::1")]
    public void Nobody_may_allow_it(string address)
    {
        AddressKind.Of(IPAddress.Parse(address)).ShouldNotBeNull().MayBeAllowed.ShouldBeFalse();
        var all = new OutgoingRules { Loopback = true, Hosts = ["evil.example"], Networks = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")] };
        all.Refusal("evil.example", IPAddress.Parse(address)).ShouldNotBeNull().ShouldContain("never");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::0a00:1")]
    [InlineData("fd12::1")]
    public void An_admin_may_allow_it(string address)
    {
        new OutgoingRules().Refusal("host.example", IPAddress.Parse(address)).ShouldNotBeNull().ShouldContain("outgoing.allow");
        new OutgoingRules { Hosts = ["host.example"] }.Refusal("Host.example.", IPAddress.Parse(address)).ShouldBeNull();
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void The_public_network_is_open(string address) => new OutgoingRules().Refusal("host.example", IPAddress.Parse(address)).ShouldBeNull();

    [Fact]
    public void A_network_opens_its_own_addresses_alone_and_loopback_itself()
    {
        var rules = new OutgoingRules { Networks = [IPNetwork.Parse("10.2.0.0/16")] };
        rules.Refusal("a.example", IPAddress.Parse("10.2.3.4")).ShouldBeNull();
        rules.Refusal("a.example", IPAddress.Parse("::ffff:10.2.3.4")).ShouldBeNull();
        rules.Refusal("a.example", IPAddress.Parse("10.3.3.4")).ShouldNotBeNull();
        new OutgoingRules { Loopback = true }.Refusal("a.example", IPAddress.Parse("10.3.3.4")).ShouldNotBeNull();
        new OutgoingRules { Loopback = true }.Refusal("a.example", IPAddress.Parse("::1")).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://hooks.example/x", true)]
    [InlineData("http://hooks.example/x", false)]
    [InlineData("http://plain.example/x", true)]
    [InlineData("https://user:pass@hooks.example/x", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f.1/", false)]
    [InlineData("https://[::ffff:169.254.169.254]/", false)]
    [InlineData("http://169.254.169.254/latest/meta-data", false)]
    public void A_url_is_judged_before_anything_is_looked_up(string url, bool fine)
    {
        var why = new OutgoingRules { PlainHttp = ["plain.example"] }.Refusal(new Uri(url));
        (why is null).ShouldBe(fine, why);
        why?.ShouldNotContain("pass@");
    }

    [Fact]
    public void Loopback_where_it_is_allowed_needs_no_tls()
    {
        var rules = new OutgoingRules { Loopback = true };
        rules.Refusal(new Uri("http://127.0.0.1:8080/")).ShouldBeNull();
        rules.Refusal(new Uri("http://localhost:8080/")).ShouldBeNull();
        rules.Refusal(new Uri("http://[::1]:8080/")).ShouldBeNull();
        rules.Refusal(new Uri("http://10.0.0.1:8080/")).ShouldNotBeNull();
    }
}
