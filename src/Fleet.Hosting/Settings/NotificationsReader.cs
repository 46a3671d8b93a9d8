using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Validation;
using Fleet.Core.Runs;

namespace Fleet.Hosting.Settings;

/// <summary>Reads the section <c>notifications</c> of a server's settings.</summary>
internal static class NotificationsReader
{
    private static readonly Dictionary<string, NotificationKind> Kinds = new() { ["webhook"] = NotificationKind.Webhook, ["slack"] = NotificationKind.Slack, ["kubernetesEvent"] = NotificationKind.KubernetesEvent };

    private static readonly Dictionary<string, RunEvent> Events = Enum.GetValues<RunEvent>().ToDictionary(one => one.ToString().ToLowerInvariant());

    private static readonly Format EventName = new(new($@"\A({string.Join('|', Events.Keys)})\z"), string.Join(", ", Events.Keys));

    public static ImmutableArray<Notification> Read(FieldReader? section, ServiceSettings settings)
    {
        var read = ImmutableArray.CreateBuilder<Notification>();
        foreach (var name in section?.Names(Formats.Name) ?? [])
        {
            if (section!.Map(name, required: true) is { } map && Of(name, map, settings) is { } notification)
            {
                read.Add(notification);
            }
        }

        return read.ToImmutable();
    }

    private static Notification? Of(string name, FieldReader map, ServiceSettings settings)
    {
        var kind = map.Choice("type", Kinds, required: true);
        var hook = kind == NotificationKind.Webhook;
        var (text, secret) = (map.Text("url", Formats.Line, required: hook), map.Text("secret", Formats.Name, required: kind is not null and not NotificationKind.KubernetesEvent));
        var events = map.Texts("events", EventName);
        var notification = new Notification
        {
            Name = name,
            Kind = kind ?? default,
            Url = Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null,
            Secret = secret,
            Events = events.IsDefaultOrEmpty ? [.. Events.Values] : [.. events.Select(one => Events.GetValueOrDefault(one))],
            Clusters = map.Texts("clusters", Formats.Name),
            Pools = map.Texts("pools", Formats.Name),
        };
        map.Close();
        if (hook && text is not null && (url is null ? "it is no absolute URL" : settings.Outgoing.Refusal(url)) is { } refused)
        {
            map.Fail("url", "invalid-value", url?.UserInfo.Length > 0 ? null : text, "an https address", $"{map.Path("url")} cannot be used: {refused}");
        }

        if (!hook && kind is not null && text is not null)
        {
            map.Fail("url", "conflict", null, null, $"{map.Path("url")} goes with type webhook; Slack's address is a secret itself and comes from the one that 'secret' names");
        }

        if (secret is not null && !settings.Secrets.Names.Contains(secret))
        {
            map.Fail("secret", "unknown-secret", secret, string.Join(", ", settings.Secrets.Names), $"{map.Path("secret")} names '{secret}', which is not under secrets{NearestNames.Hint(secret, settings.Secrets.Names)}");
        }

        return kind is null ? null : notification;
    }
}
