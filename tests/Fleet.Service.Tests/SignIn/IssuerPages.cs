using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Service.Tests.SignIn;

/// <summary>What an issuer serves, without a network.</summary>
internal sealed class IssuerPages : HttpMessageHandler
{
    public Dictionary<string, JsonObject> Pages { get; } = [];

    public int Asked { get; private set; }

    /// <summary>Serves a signer's keys as those of https://issuer.example.</summary>
    public void Serve(Signer signer)
    {
        Pages["/.well-known/openid-configuration"] = new JsonObject { ["issuer"] = "https://issuer.example", ["jwks_uri"] = "https://issuer.example/keys" };
        Pages["/keys"] = signer.Jwks();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult(Pages.TryGetValue(request.RequestUri!.AbsolutePath, out var page)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(page.ToJsonString(), Encoding.UTF8, "application/json") }
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
