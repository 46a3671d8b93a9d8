namespace Fleet.Service.Watching;

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line, with the event's id and its fields by name.</summary>
    Json,
}
