using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Service.Tests;

/// <summary>Draws requests that no honest caller sends: documents with a part replaced or cut, bodies that are none, paths and headers with what does not belong there.</summary>
/// <param name="chance">Seeded source.</param>
/// <param name="documents">Honest bodies to start from.</param>
internal sealed class HostileRequests(Random chance, params JsonObject[] documents)
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "99999999999999999999", "\"\"", "[]", "{}", "[[[[[[]]]]]]", "\"../../etc/passwd\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"200%\"", "\"${jndi:ldap://x}\"", "\"';DROP TABLE runs;--\"",
        "\"site\"", "\"9999999h\"", "{\"$ref\":\"#\"}",
    ];

    private static readonly string[] Paths =
    [
        "/v1/clusters/site", "/v1/clusters/site/pools/workers", "/v1/runs", "/v1/runs?dryRun=true", "/v1/runs/none", "/v1/runs/none/journal", "/v1/runs/none/events", "/v1/runs/none/cancel", "/v1/clusters", "/readyz",
    ];

    private static readonly string[] Oddities = ["%00", "%2e%2e/", "//", "?limit=-1", "?wait=99h", "?phase=%FF", "?x[]=1&x[]=2", "%c0%af", "/../..", ";jsessionid=1", "?olderThan='--", "?" + "a=1&a=2&b", "%", "\u00e9"];

    private static readonly string[] Headers =
    [
        "If-Match: *", "If-Match: \"x\", \"y\"", "If-None-Match: *", "Idempotency-Key: \u00e9", "Idempotency-Key:", "Last-Event-ID: -1", "Last-Event-ID: 99999999999999999999", "Content-Type: application/json; charset=utf-99",
        "Content-Type: text/html", "X-Forwarded-Host: attacker.example", "Transfer-Encoding: chunked", "Expect: 100-continue", "Content-Encoding: gzip", "X: " + "a\u0001b", "Accept: */*;q=x",
    ];

    /// <summary>The next request, as bytes of Latin-1, and whether it ends before it says so.</summary>
    public (string Text, bool Cut) Next()
    {
        var method = Pick("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW");
        var path = Pick(Paths) + (chance.Next(3) == 0 ? Pick(Oddities) : "");
        var body = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Body()));
        var request = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        if (chance.Next(4) > 0)
        {
            request.Append("Content-Type: application/json\r\n");
        }

        for (var headers = chance.Next(3); headers > 0; headers--)
        {
            request.Append(Pick(Headers)).Append("\r\n");
        }

        var cut = chance.Next(20) == 0;
        return (request.Append($"Content-Length: {body.Length + (cut ? 5 : 0)}\r\n\r\n").Append(body).ToString(), cut);
    }

    private string Body()
    {
        var text = Pick(documents).ToJsonString();
        switch (chance.Next(6))
        {
            case 0:
                return text[..chance.Next(text.Length)];
            case 1:
                return text.Insert(chance.Next(text.Length), Pick("{", "\"", "\u0000", ",", "\\", "]"));
            case 2:
                return Pick(Values);
            case 3:
                return string.Concat(Enumerable.Repeat(Pick("[", "{\"a\":"), Pick(10, 70, 5000)));
            case 4:
                return $$"""{"kind":"rotation","cluster":"{{new string('x', Pick(64, 5000, 300_000))}}"}""";
            default:
                return Replaced(text);
        }
    }

    /// <summary>A document with one of its values replaced.</summary>
    private string Replaced(string text)
    {
        var colons = Enumerable.Range(0, text.Length - 1).Where(index => text[index] == ':' && text[index - 1] == '"').ToList();
        var start = Pick([.. colons]) + 1;
        var end = text.IndexOfAny([',', '}', ']'], start);
        return text[..start] + Pick(Values) + text[end..];
    }

    private T Pick<T>(params T[] choices) => choices[chance.Next(choices.Length)];
}
