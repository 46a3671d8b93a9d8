using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Fleet.Sdk.Tests.Wire;
using k8s;
using Microsoft.AspNetCore.Http;
using KubernetesClient = k8s.Kubernetes;

namespace Fleet.Sdk.Tests.Kubernetes;

/// <summary>A server that answers as a test tells it and keeps what it was asked.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private TestServer? server;

    public ConcurrentQueue<ApiRequest> Requests { get; } = new();

    public Uri Uri => server!.Uri;

    public static Task<ApiServer> StartAsync(string answer, int status = 200, X509Certificate2? certificate = null) => StartAsync(
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answer);
        },
        certificate);

    public static async Task<ApiServer> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var api = new ApiServer();
        api.server = await TestServer.StartAsync(
            async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync();
                var request = context.Request;
                var client = certificate is null ? null : (await context.Connection.GetClientCertificateAsync())?.Subject;
                api.Requests.Enqueue(new ApiRequest(
                    $"{request.Method} {request.Path}{request.QueryString}", request.Protocol, request.Headers.Authorization, request.ContentType, body, client, request.Host.Host));
                await answer(context);
            },
            certificate, asksForClientCertificate: certificate is not null);
        return api;
    }

    public KubernetesClient Client() => new(new KubernetesClientConfiguration { Host = Uri.ToString() });

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}
