namespace Fleet.Service.Notifications;

/// <summary>A notification was not taken; the message holds no address and no secret.</summary>
internal sealed class NotificationException(string message, Exception? inner = null) : Exception(message, inner);
