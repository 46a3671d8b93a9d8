using System.Net;
using Fleet.Hosting.Settings;
using Fleet.Service.SignIn;
using Fleet.Service.Watching;

namespace Fleet.Cli.Serving;

/// <summary>What the flags of <c>fleet serve</c> say, checked.</summary>
/// <param name="Listen">Where the API listens.</param>
/// <param name="SignIn">How callers sign in.</param>
/// <param name="Settings">What the settings file says.</param>
/// <param name="Otlp">Where traces and metrics are sent; null for nowhere.</param>
/// <param name="Logs">How log lines are written.</param>
internal sealed record ServeChoices(IPEndPoint Listen, SignInOptions SignIn, ServiceSettings Settings, OtlpTarget? Otlp, LogFormat Logs);
