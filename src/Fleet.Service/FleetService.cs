using System.Diagnostics.Metrics;
using System.Net;
using Fleet.Core.Promotions;
using Fleet.Core.Schedules;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Promotions;
using Fleet.Hosting.Retirement;
using Fleet.Hosting.Rotations;
using Fleet.Hosting.Settings;
using Fleet.Service.Auditing;
using Fleet.Service.Health;
using Fleet.Service.Http;
using Fleet.Service.Images;
using Fleet.Service.Joining;
using Fleet.Service.Notifications;
using Fleet.Service.OpenApi;
using Fleet.Service.Replicas;
using Fleet.Service.Resources;
using Fleet.Service.Retention;
using Fleet.Service.Runs;
using Fleet.Service.Schedules;
using Fleet.Service.SignIn;
using Fleet.Service.SignIn.Tokens;
using Fleet.Service.Watching;
using Fleet.Tools.Hooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fleet.Service;

/// <summary>The hosted service: its API over http on a loopback address, and the runs that it drives.</summary>
public sealed class FleetService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RunSupervisor _supervisor;
    private readonly ServiceGauges _gauges;
    private readonly MetricsCollector _metrics;
    private readonly OtlpExport? _export;
    private BuildHost? _builds;
    private SweepHost? _sweeps;
    private SweepLooks? _looks;
    private ImageCatalogs? _catalogs;
    private NotificationSender? _sender;
    private HeadArchiving? _archiving;
    private readonly CancellationTokenSource _stopping = new();
    private Task _supervising = Task.CompletedTask;

    private FleetService(WebApplication app, RunSupervisor supervisor, ServiceGauges gauges, MetricsCollector metrics, OtlpExport? export) =>
        (_app, _supervisor, _gauges, _metrics, _export, Address) = (app, supervisor, gauges, metrics, export, new Uri(app.Urls.First()));

    /// <summary>Where the API is.</summary>
    public Uri Address { get; }

    /// <summary>What is served.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints)];

    /// <summary>Starts the service; it answers when this returns.</summary>
    /// <exception cref="ArgumentException">It shall listen on an address that others can reach.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FleetService> StartAsync(ServiceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IPAddress.IsLoopback(options.Listen.Address) && !options.SignIn.Required)
        {
            throw new ArgumentException($"the service has no sign-in and listens on loopback addresses only, not on {options.Listen.Address}; configure API keys or an issuer of tokens", nameof(options));
        }

        // What kubeconfigs and hooks there are is settled in one place.
        options = options with
        {
            Connections = options.Connections with
            {
                Kubeconfigs = options.Settings.Kubeconfigs,
                Hooks = new HookCommands(options.Settings.Hooks, options.Settings.Secrets.Read, options.Connections.Wall),
            },
        };
        var app = Build(options);
        var host = new RotationHost(options.Runs, options.Inventory, options.Images, options.Connections, options.Owner);
        var connections = new ConnectionPool(options.Connections);
        var replicas = app.Services.GetRequiredService<LiveReplicas>();
        var builds = new BuildHost(options.Runs, options.Images, new BuildOptions { Policy = options.Connections.Policy, Wall = options.Connections.Wall, Seed = options.Connections.Seed, Images = options.Settings.Images, Outgoing = options.Settings.Outgoing, Account = options.Connections.Account }, options.Owner);
        var sweeps = new SweepHost(options.Runs, options.Inventory, options.Images, new SweepOptions { Policy = options.Connections.Policy, Wall = options.Connections.Wall, Seed = options.Connections.Seed, Account = options.Connections.Account }, options.Owner);
        var looks = new SweepLooks(sweeps, app.Lifetime.ApplicationStopping);
        var catalogs = new ImageCatalogs(options.Connections.Account, options.Connections.Policy);
        var promotions = new PromotionHost(
            options.Runs,
            new PromotionPorts { Inventory = options.Inventory, Images = options.Images, Catalogs = catalogs, Keys = catalogs },
            new PromotionOptions { Owner = options.Owner, Policy = options.Connections.Policy, Wall = options.Connections.Wall, Seed = options.Connections.Seed });
        var supervisor = new RunSupervisor(options, [new RotationKind(host, connections), builds, promotions, sweeps], new RunShare(() => replicas.Count, options.Owner, options.Connections.Wall), app.Logger);
        app.Use(Problems.HandleAsync);
        var telling = new HeadTelling(options.Connections.Wall);
        var hook = options.Settings.AuditWebhook is { } webhook ? new AuditHook(webhook, options.Settings.Secrets, options.Settings.Outgoing, options.Connections.Wall, telling) : null;
        var archiving = options.Settings.AuditBucket is { } bucket ? new HeadArchiving(AuditArchives.Open(bucket, options.Connections.Wall), options.Connections.Wall, telling) : null;
        var trail = new AuditTrail(options.Audit, options.Connections.Wall, [.. hook is null ? [] : (HeadReceiver[])[hook.TellAsync], .. archiving is null ? [] : (HeadReceiver[])[archiving.TellAsync]]);
        app.Use(trail.HandleAsync);
        if (!options.SignIn.Required)
        {
            app.Use(LocalCallers.CheckAsync);
        }

        app.Use(Rights.CheckAsync);
        HealthRoutes.Map(app, options, supervisor);
        var sender = new NotificationSender(options.Settings, options.Connections.Wall);
        var events = new ClusterEvents(options, connections);
        var notifier = new Notifier(options, (to, news, ending) => to.Kind == NotificationKind.KubernetesEvent ? events.LeaveAsync(news, ending) : sender.SendAsync(to, news, ending), app.Logger);
        var tokens = new JoinTokens(options, connections, app.Logger);
        var gauges = new ServiceGauges(options, supervisor, notifier, replicas, tokens);
        var metrics = new MetricsCollector(gauges, app.Services.GetRequiredService<IMeterFactory>());
        MetricsRoutes.Map(app, metrics, gauges);
        OpenApiRoutes.Map(app);
        ClusterRoutes.Map(app, options);
        PoolRoutes.Map(app, options);
        var starter = new RunStarter(options, host, connections, supervisor);
        var buildStarter = new BuildStarter(options, builds, supervisor);
        var promotionStarter = new PromotionStarter(options, promotions, supervisor);
        var schedules = new ScheduleDriver(options.Inventory, options.Schedules, options.Runs, new ScheduledStarts(starter, buildStarter, promotionStarter), options.Connections.Policy);
        var times = new LookTimes(options, app.Services.GetRequiredService<ILoggerFactory>());
        var keeper = new ScheduleKeeper(options, schedules, times, app.Logger);
        new ScheduleRoutes(options, keeper).Map(app);
        new ApplyRoutes(options, keeper).Map(app);
        new RecipeRoutes(options).Map(app);
        new ImageRoutes(options, looks).Map(app);
        CallerRoutes.Map(app);
        KeyRoutes.Map(app, options);
        AuditRoutes.Map(app, options.Audit);
        var sweepStarter = new SweepStarter(options, sweeps, looks, supervisor);
        new RunRoutes(options, starter, buildStarter, promotionStarter, sweepStarter, supervisor, app.Lifetime.ApplicationStopping).Map(app);
        var export = options.Otlp is { } target ? new OtlpExport(target, options.Owner) : null;
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        var service = new FleetService(app, supervisor, gauges, metrics, export);
        ServiceLog.Started(app.Logger, ServiceGauges.Version, service.Address, options.Owner);
        (service._sender, service._archiving, service._builds, service._catalogs, service._sweeps, service._looks) = (sender, archiving, builds, catalogs, sweeps, looks);
        service._supervising = Task.WhenAll(replicas.RunAsync(service._stopping.Token), notifier.RunAsync(service._stopping.Token), supervisor.RunAsync(service._stopping.Token), trail.TellAsync(app.Logger, service._stopping.Token), new RetentionSweep(options, app.Logger).RunAsync(service._stopping.Token), new DerivedBuildOrders(options, builds, supervisor, app.Logger).RunAsync(service._stopping.Token), export is null ? Task.CompletedTask : gauges.KeepLookingAsync(service._stopping.Token), new ScheduleTimer(options, keeper, times, app.Logger).RunAsync(service._stopping.Token), new RegularSweeps(options, sweepStarter, app.Logger).RunAsync(service._stopping.Token), tokens.RunAsync(service._stopping.Token));
        return service;
    }

    /// <summary>Stops: no run is driven any further, each is handed over as it is recorded.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _supervising.ConfigureAwait(false);
        ServiceLog.Stopped(_app.Logger);
        await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _supervisor.Dispose();
        _export?.Dispose();
        _builds?.Dispose();
        _looks?.Dispose();
        _sweeps?.Dispose();
        _catalogs?.Dispose();
        _sender?.Dispose();
        _archiving?.Dispose();
        _metrics.Dispose();
        _gauges.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Nothing comes from the working folder or from environment variables: what the service is told is in its options.</summary>
    private static WebApplication Build(ServiceOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Logs.AddTo(builder, options.Logs);
        builder.Services.AddRouting();
        AddSignIn(builder.Services, options);
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBodies.MaxDrained;
            kestrel.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static void AddSignIn(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(made => new LiveReplicas(options.Replicas, options.Owner, options.Connections.Wall, made.GetRequiredService<ILoggerFactory>().CreateLogger("Fleet.Service")));
        if (options.SignIn.Required)
        {
            services.AddSingleton(made => new RequestLimiter(options.Settings.Limits, () => made.GetRequiredService<LiveReplicas>().Count, options.Connections.Wall));
        }

        if (options.SignIn.Tokens is { } rules)
        {
            // The issuer is the admin's to name, wherever it is; where its keys are is the issuer's.
            var outgoing = options.Settings.Outgoing.With(rules.Issuer.IdnHost);
            services.AddSingleton<IKeySet>(_ => new IssuerKeySet(rules.Issuer, options.SignIn.Http ?? new HttpMessageInvoker(OutgoingHandler.Create(outgoing)), options.Connections.Wall));
            services.AddSingleton(made => new TokenVerifier(rules, made.GetRequiredService<IKeySet>(), options.Connections.Wall));
        }

        // The core alone: what AddAuthentication adds keeps a ring of keys in the home folder, which a server need not have and nothing here uses.
        services.AddWebEncoders();
        services.AddTransient<SignInHandler>();
        services.AddAuthenticationCore(schemes =>
        {
            schemes.DefaultScheme = SignInHandler.Bearer;
            schemes.AddScheme<SignInHandler>(SignInHandler.Bearer, null);
        });
    }
}
