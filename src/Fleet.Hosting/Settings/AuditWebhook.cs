namespace Fleet.Hosting.Settings;

/// <summary>Where the audit log's last hash is told.</summary>
/// <param name="Url">Takes a POST.</param>
/// <param name="Secret">Name of the secret that signs it.</param>
public sealed record AuditWebhook(Uri Url, string Secret);
