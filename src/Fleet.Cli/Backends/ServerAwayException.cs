namespace Fleet.Cli.Backends;

/// <summary>A server does not answer.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="sent">Whether it may have got the request, and done something.</param>
internal sealed class ServerAwayException(string message, bool sent) : Exception(message)
{
    public bool Sent => sent;
}
