using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Serving;

/// <summary><c>fleet serve</c> as a process of its own, and a caller of its API.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private const string Announcement = "Fleet answers at ";

    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly Task<string> _said;

    private ServedProcess(Process process, Uri address)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        _said = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The process.</summary>
    public Process Process => _process;

    /// <summary>What callers send to sign in.</summary>
    public string Key
    {
        set => _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", value);
    }

    /// <summary>Starts it; it answers when this returns.</summary>
    public static Task<ServedProcess> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>Starts it with more in its environment; it answers when this returns.</summary>
    public static async Task<ServedProcess> StartAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(Program).Assembly.Location, "serve", "--listen", "http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                return new(process, new Uri(line[Announcement.Length..]));
            }
        }

        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"it ended with {process.ExitCode}: {said}");
    }

    /// <summary>Asks the API.</summary>
    public async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A document of the API.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        status.ShouldBe(200, body);
        return JsonNode.Parse(body)!;
    }

    /// <summary>Sends SIGTERM and waits for its end.</summary>
    public async Task<(int ExitCode, string Said)> TerminateAsync()
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _said);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
