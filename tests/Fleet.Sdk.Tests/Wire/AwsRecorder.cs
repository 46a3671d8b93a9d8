using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sdk.Tests.Wire;

/// <summary>Takes any AWS request down and gives every one the same answer.</summary>
internal sealed class AwsRecorder(string content) : IAsyncDisposable
{
    private readonly ConcurrentQueue<AwsRequest> requests = new();
    private TestServer? server;

    public string Url => server!.Uri.ToString();

    public static async Task<AwsRecorder> StartAsync(string content)
    {
        var recorder = new AwsRecorder(content);
        recorder.server = await TestServer.StartAsync(recorder.AnswerAsync);
        return recorder;
    }

    /// <summary>The one request since the last call.</summary>
    public AwsRequest Take()
    {
        requests.TryDequeue(out var request).ShouldBeTrue("no request arrived");
        requests.ShouldBeEmpty();
        return request!;
    }

    public async ValueTask DisposeAsync() => await server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var request = context.Request;
        requests.Enqueue(new AwsRequest(request.Method, request.Path, request.Headers["X-Amz-Target"], request.ContentType, body));
        context.Response.ContentType = request.Headers.ContainsKey("X-Amz-Target") ? "application/x-amz-json-1.1" : "text/xml";
        await context.Response.WriteAsync(content);
    }
}
