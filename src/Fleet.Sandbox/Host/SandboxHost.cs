using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Aws;
using Fleet.Sandbox.Hosts;
using Fleet.Sandbox.Kubernetes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Fleet.Sandbox.Host;

/// <summary>A world on the wire: AWS's endpoint and the clock over http, the cluster's API server over https, both on 127.0.0.1 only.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private readonly WebApplication _app;
    private readonly Authority _authority;
    private readonly CallLogFile? _log;
    private readonly CancellationTokenSource _stopping;
    private readonly ApiServer _api;
    private readonly AwsEndpoint _aws;
    private readonly PrivateRootShells _shells;
    private readonly bool _ownsFolder;

    private SandboxHost(SandboxOptions options, IReadOnlyDictionary<string, string> users)
    {
        (_options, Users) = (options, users);
        _ownsFolder = options.StateFolder is null;
        StateFolder = options.StateFolder ?? Directory.CreateTempSubdirectory("fleet-sandbox-").FullName;
        Directory.CreateDirectory(StateFolder);
        _authority = Authority.Create(options.Wall, options.CertificateLife);
        _log = options.LogFile is { } file ? new CallLogFile(options.World, file) : null;
        _stopping = new CancellationTokenSource();
        Clock = new WorldPump(options.World, options.Wall, options.Speed);
        _api = new ApiServer(options.World, users, Clock, options.Wall, options.ApiServer, _stopping.Token);
        _aws = new AwsEndpoint(options.World, options.Roles, options.Wall);
        _shells = new PrivateRootShells(options.World, Path.Combine(StateFolder, "hosts"), Clock.Advance, options.Wall);
        lock (options.World.Gate)
        {
            options.World.Cloud.Commands.Shells = _shells;
        }

        _app = Build();
    }

    /// <summary>The world that is served.</summary>
    public Simulation.World World => _options.World;

    /// <summary>The world's time as it runs here: what <see cref="ClockUrl"/> tells.</summary>
    public WorldPump Clock { get; }

    /// <summary>Where the AWS clients are pointed (<c>AWS_ENDPOINT_URL</c>).</summary>
    public Uri AwsEndpoint { get; private set; } = new("http://127.0.0.1");

    /// <summary>The API server.</summary>
    public Uri KubernetesEndpoint { get; private set; } = new("https://127.0.0.1");

    /// <summary>Where the world's time is published (<c>FLEET_CLOCK</c>): <c>{"now": RFC 3339, "speed": number}</c>.</summary>
    public Uri ClockUrl => new(AwsEndpoint, "/clock");

    /// <summary>Folder of kubeconfig and CA.</summary>
    public string StateFolder { get; }

    /// <summary>Path of the kubeconfig of the first user.</summary>
    public string KubeconfigPath => Path.Combine(StateFolder, "kubeconfig");

    /// <summary>The CA's certificate in PEM.</summary>
    public string AuthorityPem => _authority.Root.ExportCertificatePem();

    /// <summary>Kubernetes users by bearer token.</summary>
    public IReadOnlyDictionary<string, string> Users { get; }

    /// <summary>Starts to serve a world.</summary>
    /// <exception cref="IOException">A port is taken or the folder cannot be written.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var users = options.Users.Count > 0 ? options.Users : new Dictionary<string, string> { [Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20))] = "fleet" };
        var host = new SandboxHost(options, users);
        try
        {
            await host._app.StartAsync(cancellationToken).ConfigureAwait(false);
            host.AwsEndpoint = new Uri(host._app.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal)));
            host.KubernetesEndpoint = new Uri(host._app.Urls.Single(url => url.StartsWith("https:", StringComparison.Ordinal)));
            lock (options.World.Gate)
            {
                options.World.Cluster.ShowClusterInfo(host.KubernetesEndpoint.GetLeftPart(UriPartial.Authority), host.AuthorityPem);
            }

            await Kubeconfig.WriteAsync(host.KubeconfigPath, host.KubernetesEndpoint, host.AuthorityPem, users.First().Value, users.First().Key, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes every resourceVersion and continue token given out so far too old, as a compaction of the store does.</summary>
    public void Compact() => _api.Compact();

    /// <summary>Stops serving; the world stands still.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using (var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(2), _options.Wall))
        {
            await _app.StopAsync(impatient.Token).ConfigureAwait(false);
        }

        await _app.DisposeAsync().ConfigureAwait(false);
        await _shells.DisposeAsync().ConfigureAwait(false);
        Clock.Dispose();
        _api.Dispose();
        _log?.Dispose();
        _authority.Dispose();
        _stopping.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(StateFolder, recursive: true);
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 << 20;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, _options.AwsPort, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, _options.KubernetesPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(_authority.Server);
            });
        });
        var app = builder.Build();
        app.Run(HandleAsync);
        return app;
    }

    private Task HandleAsync(HttpContext http)
    {
        Clock.Advance();
        return http.Request.IsHttps ? _api.HandleAsync(http)
            : http.Request.Path == "/clock" ? TellTimeAsync(http)
            : _aws.HandleAsync(http);
    }

    private Task TellTimeAsync(HttpContext http) =>
        Kubernetes.Serving.Answer.WriteAsync(http, 200, new JsonObject { ["now"] = Clock.GetUtcNow().UtcDateTime.ToString("O"), ["speed"] = Clock.Speed });
}
