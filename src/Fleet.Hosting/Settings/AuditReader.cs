using System.Text.RegularExpressions;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Validation;

namespace Fleet.Hosting.Settings;

/// <summary>Reads the section <c>audit</c> of a server's settings.</summary>
internal static partial class AuditReader
{
    private static readonly Format BucketName = new(BucketForm(), "a bucket's name: 3 to 63 lower-case letters, digits, '.' and '-', first and last a letter or digit");

    private static readonly Format Prefix = new(PrefixForm(), "1 to 200 letters, digits and . _ - /, first and last no slash");

    private static readonly Format Key = new(KeyForm(), "a KMS key's ARN, its id, or alias/NAME");

    /// <summary>Whom the log's last hash is told.</summary>
    public static AuditWebhook? Webhook(FieldReader? hook, ServiceSettings settings)
    {
        if (hook is null)
        {
            return null;
        }

        var (text, secret) = (hook.Text("url", Formats.Line, required: true), hook.Text("secret", Formats.Name, required: true));
        hook.Close();
        var url = Uri.TryCreate(text, UriKind.Absolute, out var parsed) ? parsed : null;
        if (text is not null && (url is null ? "it is no absolute URL" : settings.Outgoing.Refusal(url)) is { } refused)
        {
            hook.Fail("url", "invalid-value", url?.UserInfo.Length > 0 ? null : text, "an https address", $"{hook.Path("url")} cannot be used: {refused}");
        }

        if (secret is not null && !settings.Secrets.Names.Contains(secret))
        {
            hook.Fail("secret", "unknown-secret", secret, string.Join(", ", settings.Secrets.Names), $"{hook.Path("secret")} names '{secret}', which is not under secrets{NearestNames.Hint(secret, settings.Secrets.Names)}");
        }

        return url is null || secret is null ? null : new AuditWebhook(url, secret);
    }

    /// <summary>Where the log's last hash is put.</summary>
    public static AuditBucket? Bucket(FieldReader? map)
    {
        if (map is null)
        {
            return null;
        }

        var (name, region) = (map.Text("name", BucketName, required: true), map.Text("region", Formats.Region, required: true));
        var (prefix, key, address) = (map.Text("prefix", Prefix), map.Text("kmsKey", Key), map.Text("endpoint", Formats.Line));
        map.Close();
        var endpoint = Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.Scheme is "https" or "http" && parsed.UserInfo.Length == 0 ? parsed : null;
        if (address is not null && endpoint is null)
        {
            map.Fail("endpoint", "invalid-value", null, "an http or https address without credentials", $"{map.Path("endpoint")} is no address that can be used; allowed: an http or https address without credentials");
        }

        return name is null || region is null ? null : new AuditBucket(name, prefix, region, key, endpoint);
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketForm();

    [GeneratedRegex(@"\A(?!/)[A-Za-z0-9._/-]{1,200}(?<!/)\z")]
    private static partial Regex PrefixForm();

    [GeneratedRegex(@"\A(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,256}|alias/[A-Za-z0-9/_-]{1,256}|(mrk-)?[0-9a-f-]{32,36})\z")]
    private static partial Regex KeyForm();
}
