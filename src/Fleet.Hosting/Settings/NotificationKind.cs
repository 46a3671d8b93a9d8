namespace Fleet.Hosting.Settings;

/// <summary>How news of runs are told.</summary>
public enum NotificationKind
{
    /// <summary>A POST of JSON, signed with HMAC-SHA256.</summary>
    Webhook,

    /// <summary>A POST of <c>{"text": …}</c>, as Slack's incoming webhooks and many others take it.</summary>
    Slack,

    /// <summary>A Kubernetes Event on the nodes concerned.</summary>
    KubernetesEvent,
}
