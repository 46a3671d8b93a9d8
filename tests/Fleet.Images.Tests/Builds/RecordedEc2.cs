using System.Collections.Concurrent;
using System.Web;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fleet.Images.Tests.Builds;

/// <summary>Stands before moto's EC2 and notes which actions were asked for, and the key pairs, whose public halves EC2 gives to its machines.</summary>
internal sealed class RecordedEc2 : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _actions = new();
    private readonly ConcurrentDictionary<string, bool> _tagged = new();
    private readonly ConcurrentDictionary<string, string> _keys = new();
    private readonly ConcurrentQueue<string> _accessKeys = [];
    private readonly HttpClient _http = new();
    private readonly WebApplication _server;

    private RecordedEc2(string behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/keys", () => string.Concat(_keys.Values.Select(key => key + "\n")));
        _server.MapPost("/", context => ForwardAsync(context, behind));
    }

    public string Url => _server.Urls.Single();

    /// <summary>Where scripts on instances run; null for nowhere, as with moto.</summary>
    public ProvingHosts? Hosts { get; set; }

    /// <summary>Where the keys are that a machine lets in.</summary>
    public string Keys => $"{Url}/keys";

    /// <summary>What RunInstances was told to tag, so that nothing is ever without its tags.</summary>
    public IReadOnlySet<string> TaggedAtLaunch => _tagged.Keys.ToHashSet();

    /// <summary>The ids of the access keys that calls were signed with, in the order of their first use.</summary>
    public IReadOnlyList<string> AccessKeys => [.. _accessKeys.Distinct()];

    /// <summary>The actions that were asked for, as policies name them.</summary>
    public IReadOnlySet<string> Actions => _actions.Keys.Select(action => $"ec2:{action}").ToHashSet();

    public static async Task<RecordedEc2> StartAsync(string behind)
    {
        var recorded = new RecordedEc2(behind);
        await recorded._server.StartAsync();
        return recorded;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, string behind)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (Hosts is { } hosts && context.Request.Headers.ContainsKey("X-Amz-Target"))
        {
            await hosts.AnswerAsync(context, body);
            return;
        }

        _accessKeys.Enqueue(context.Request.Headers.Authorization.ToString().Split("Credential=")[^1].Split('/')[0]);
        var asked = HttpUtility.ParseQueryString(body);
        if (asked["Action"] is { } action)
        {
            _actions[action] = true;
            foreach (var name in asked.AllKeys.Where(name => action == "RunInstances" && name!.EndsWith(".ResourceType", StringComparison.Ordinal)))
            {
                _tagged[asked[name]!] = true;
            }
        }

        using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), behind + context.Request.Path + context.Request.QueryString) { Content = new StringContent(body) };
        foreach (var name in new[] { "Authorization", "X-Amz-Date" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        }

        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        using var answer = await _http.SendAsync(request, context.RequestAborted);
        var text = await answer.Content.ReadAsStringAsync(context.RequestAborted);
        if (answer.IsSuccessStatusCode && asked["Action"] == "CreateKeyPair")
        {
            _keys[asked["KeyName"]!] = AuthorizedKey.Of(XDocument.Parse(text).Descendants().Single(element => element.Name.LocalName == "keyMaterial").Value);
        }

        if (answer.IsSuccessStatusCode && asked["Action"] == "RunInstances" && Hosts is { } machines)
        {
            machines.Launch(XDocument.Parse(text).Descendants().Single(element => element.Name.LocalName == "instanceId").Value, asked);
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
