using System.IO.Compression;
using System.Net;
using Fleet.Core.Images.Builds;
using Fleet.Hosting.Outgoing;

namespace Fleet.Hosting.Builds;

/// <summary>Reads the index of flat Debian repositories, <c>Packages.gz</c> or <c>Packages</c>, over HTTP.</summary>
public sealed class DebianRepositories : IPackageRepositories, IDisposable
{
    /// <summary>More than the index of any such repository, unpacked.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private const int MostRedirects = 4;

    private readonly HttpClient _http;

    /// <summary>Makes one.</summary>
    /// <param name="rules">What may be reached, redirects included; null: anything.</param>
    public DebianRepositories(OutgoingRules? rules) =>
        _http = new HttpClient(rules is null ? new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) } : OutgoingHandler.Create(rules)) { Timeout = TimeSpan.FromSeconds(30) };

    /// <inheritdoc/>
    public async Task<ILookup<string, string>> VersionsAsync(Uri repository, string architecture, IReadOnlyCollection<string> packages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var folder = new Uri($"{repository.GetLeftPart(UriPartial.Path).TrimEnd('/')}/");
        var index = await ReadAsync(new Uri(folder, "Packages.gz"), packed: true, cancellationToken).ConfigureAwait(false)
            ?? await ReadAsync(new Uri(folder, "Packages"), packed: false, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException("it has neither Packages.gz nor Packages");
        var mine = architecture == "arm64" ? "arm64" : "amd64";
        return Paragraphs(index)
            .Where(fields => fields.GetValueOrDefault("Architecture") is { } its && (its == mine || its == "all"))
            .Where(fields => packages.Contains(fields.GetValueOrDefault("Package", "")))
            .ToLookup(fields => fields["Package"], fields => fields.GetValueOrDefault("Version", ""));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>A file; null where there is none.</summary>
    private async Task<string?> ReadAsync(Uri file, bool packed, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await FollowAsync(file, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
            {
                // Stores of objects say 403 of what is not there.
                return null;
            }

            if (!answer.IsSuccessStatusCode)
            {
                throw new IOException($"it answers {(int)answer.StatusCode}");
            }

            var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var stream = packed ? new GZipStream(body, CompressionMode.Decompress) : body;
            return await TextAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException away)
        {
            throw new IOException(away.InnerException?.Message ?? away.Message, away);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("it does not answer in 30 s", late);
        }
        catch (InvalidDataException broken)
        {
            throw new IOException($"its index is broken: {broken.Message}", broken);
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(Uri file, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var answer = await _http.GetAsync(file, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } next)
            {
                return answer;
            }

            answer.Dispose();
            file = redirects < MostRedirects ? new Uri(file, next) : throw new IOException($"it redirects more than {MostRedirects} times");
        }
    }

    private static async Task<string> TextAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            text.Write(buffer, 0, read);
            if (text.Length > MostBytes)
            {
                throw new IOException($"its index is larger than {MostBytes / 1024 / 1024} MiB");
            }
        }

        return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static IEnumerable<Dictionary<string, string>> Paragraphs(string index) => index.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph =>
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in paragraph.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != ' ')
            {
                fields[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        return fields;
    });
}
