using System.Net;
using Fleet.Hosting.Settings;
using Fleet.Service.SignIn;

namespace Fleet.Cli.Serving;

/// <summary>What the flags of <c>fleet serve</c> say, checked.</summary>
/// <param name="Listen">Where the API listens.</param>
/// <param name="SignIn">How callers sign in.</param>
/// <param name="Settings">What the settings file says.</param>
internal sealed record ServeChoices(IPEndPoint Listen, SignInOptions SignIn, ServiceSettings Settings);
