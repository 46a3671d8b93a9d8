using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Tests.Builds;

/// <summary>The index of a repository, read over real sockets.</summary>
public sealed class DebianRepositoriesTests : IDisposable
{
    private const string Index = """
        Package: kubelet
        Version: 1.33.2-1.1
        Architecture: amd64
        Description: Node agent
         Version: 9.9.9 is no field
        Depends: iptables

        Package: kubelet
        Architecture: arm64
        Version: 1.33.3-1.1

        Package: kubernetes-cni
        Version: 1.7.1-1.1
        Architecture: amd64
        """;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<string, (string Head, byte[] Body)> _files = [];

    public DebianRepositoriesTests()
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

    [Theory]
    [InlineData("x86_64", "1.33.2-1.1")]
    [InlineData("arm64", "1.33.3-1.1")]
    public async Task A_packed_index_is_read_behind_a_redirect(string architecture, string version)
    {
        _files["/deb/Packages.gz"] = ("302 Found\r\nLocation: /cdn/Packages.gz", []);
        _files["/cdn/Packages.gz"] = ("200 OK", Packed(Index));

        var versions = await ReadAsync(null, architecture);

        versions["kubelet"].ShouldBe([version]);
        versions.Select(package => package.Key).ShouldBe(["kubelet"]);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("403 Forbidden")]
    public async Task Without_a_packed_index_the_plain_one_is_read(string absent)
    {
        _files["/deb/Packages.gz"] = (absent, []);
        _files["/deb/Packages"] = ("200 OK", Encoding.UTF8.GetBytes(Index.ReplaceLineEndings("\r\n")));

        (await ReadAsync(null))["kubelet"].ShouldBe(["1.33.2-1.1"]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said()
    {
        (await WhyAsync(null)).ShouldBe("it has neither Packages.gz nor Packages");
        _files["/deb/Packages.gz"] = ("503 Service Unavailable", []);
        (await WhyAsync(null)).ShouldBe("it answers 503");
        _files["/deb/Packages.gz"] = ("302 Found\r\nLocation: /deb/Packages.gz", []);
        (await WhyAsync(null)).ShouldBe("it redirects more than 4 times");
        _files["/deb/Packages.gz"] = ("200 OK", Encoding.UTF8.GetBytes("no archive"));
        (await WhyAsync(null)).ShouldStartWith("its index is broken");
        _files["/deb/Packages.gz"] = ("200 OK", Packed(new string(' ', 65 * 1024 * 1024)));
        (await WhyAsync(null)).ShouldBe("its index is larger than 64 MiB");
        (await WhyAsync(new OutgoingRules())).ShouldStartWith("not connected: ");
    }

    private async Task<string> WhyAsync(OutgoingRules? rules) => (await Should.ThrowAsync<IOException>(() => ReadAsync(rules))).Message;

    private async Task<ILookup<string, string>> ReadAsync(OutgoingRules? rules, string architecture = "x86_64")
    {
        using var repositories = new DebianRepositories(rules);
        return await repositories.VersionsAsync(new Uri($"http://127.0.0.1:{Port}/deb/"), architecture, ["kubelet", "kubeadm"], CancellationToken.None);
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private async Task AnswerAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
            using var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            var path = (await reader.ReadLineAsync(_ending.Token))!.Split(' ')[1];
            while (await reader.ReadLineAsync(_ending.Token) is { Length: > 0 })
            {
            }

            var (head, body) = _files.GetValueOrDefault(path, ("404 Not Found", []));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n")), _ending.Token);
            await stream.WriteAsync(body, _ending.Token);
        }
    }
}
