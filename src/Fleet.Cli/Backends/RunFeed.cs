using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Fleet.Cli.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Backends;

/// <summary>Follows a run by the server's events; after a break it goes on behind the last one it has seen, at the same server or at another.</summary>
internal sealed class RunFeed(CliContext context, ServerClient client, ServerBackend backend)
{
    /// <summary>So many seconds without an event may be a line that is cut and does not know it: asked anew, the server goes on where it was.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    /// <summary>What comes within this time is shown at once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A server that is away for longer is given up; the run is not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly List<JournalEntry> _fresh = [];
    private string? _last;

    /// <summary>The phase that the stream has told last, behind all lines that led to it; null before.</summary>
    private RunPhase? _told;

    /// <summary>Hands out a snapshot whenever the run has changed, until it rests.</summary>
    /// <exception cref="ServerAwayException">The server has been away for too long, or lets the caller in no more.</exception>
    public async Task FollowAsync(string id, Action<RunSnapshot> show, CancellationToken cancellationToken)
    {
        var (contact, pause, said) = (context.Wall.GetTimestamp(), TimeSpan.FromMilliseconds(250), false);
        while (true)
        {
            string why;
            try
            {
                var rests = await StreamAsync(id, show, async () =>
                {
                    (contact, pause) = (context.Wall.GetTimestamp(), TimeSpan.FromMilliseconds(250));
                    if (said)
                    {
                        said = false;
                        await context.Error.WriteLineAsync($"Connected to {client.Target.Name} again.").ConfigureAwait(false);
                    }
                }, cancellationToken).ConfigureAwait(false);
                if (rests is true)
                {
                    return;
                }

                if (rests is null)
                {
                    continue;
                }

                why = "it ended the stream of events";
            }
            catch (Exception lost) when (lost is ServerAwayException or IOException or HttpRequestException)
            {
                why = lost.Message;
            }
            catch (RefusedException refused)
            {
                throw new ServerAwayException($"{refused.Message}\nthe run {id} goes on; the same command shows it again", sent: true);
            }

            if (context.Wall.GetElapsedTime(contact) > Patience)
            {
                throw new ServerAwayException($"{client.Target.Name} has been away for {(int)Patience.TotalMinutes} min: {why}\nthe run {id} goes on without this command; the same command shows it again", sent: true);
            }

            if (!said)
            {
                said = true;
                await context.Error.WriteLineAsync($"Lost the connection to {client.Target.Name} ({why}); trying again.").ConfigureAwait(false);
            }

            await Task.Delay(pause, context.Wall, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Follows one stream.</summary>
    /// <returns>True: the run rests. False: the stream has ended before it. Null: it is silent, and asked anew.</returns>
    private async Task<bool?> StreamAsync(string id, Action<RunSnapshot> show, Func<Task> connected, CancellationToken cancellationToken)
    {
        using var response = await client.StreamAsync($"v1/runs/{Uri.EscapeDataString(id)}/events", _last, cancellationToken).ConfigureAwait(false);
        await connected().ConfigureAwait(false);
        if (response is null)
        {
            return (await ShowAsync(id, show, cancellationToken).ConfigureAwait(false)).Rests;
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = SseParser.Create(stream).EnumerateAsync(reading.Token).GetAsyncEnumerator(reading.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            while (await IsSoonAsync(next, Silence, cancellationToken).ConfigureAwait(false))
            {
                if (!await next.ConfigureAwait(false))
                {
                    return (await ShowAsync(id, show, cancellationToken).ConfigureAwait(false)).Rests;
                }

                Take(events.Current);
                next = events.MoveNextAsync().AsTask();
                if (!await IsSoonAsync(next, Together, cancellationToken).ConfigureAwait(false) && await ShowAsync(id, show, cancellationToken).ConfigureAwait(false) is { Rests: true } run && _told == run.Phase)
                {
                    return true;
                }
            }

            return (await ShowAsync(id, show, cancellationToken).ConfigureAwait(false)).Rests ? true : null;
        }
        finally
        {
            // Ends the read that is under way before the stream is left: a connection that is given back in the middle of a read spoils the next request.
            await reading.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> IsSoonAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(task, Task.Delay(limit, context.Wall, enough.Token)).ConfigureAwait(false);
            await enough.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return task.IsCompleted;
    }

    private void Take(SseItem<string> item)
    {
        if (item.EventType == "journal")
        {
            _fresh.Add(RunReader.Entry(JsonNode.Parse(item.Data)!));
            _last = item.EventId;
        }
        else if (item.EventType == "phase")
        {
            _told = RunReader.Phase(JsonNode.Parse(item.Data)!);
        }
    }

    /// <summary>Shows the run as it is now, with the lines that came.</summary>
    private async Task<Run> ShowAsync(string id, Action<RunSnapshot> show, CancellationToken cancellationToken)
    {
        var run = (await backend.RunAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new FormatException($"the run {id} is gone")).Run;
        show(RunSnapshot.Of(run, [.. _fresh]));
        _fresh.Clear();
        return run;
    }
}
