namespace Fleet.Core.Runs;

/// <summary>What may be asked of a run in which phase.</summary>
public static class RequestRules
{
    /// <summary>The reason of a run that stopped at a gate, for a person to approve it.</summary>
    public const string ApprovalNeeded = "approval-needed";

    /// <summary>Whether a request makes sense as a run stands. One that was left before and not yet handled is overruled by a new one: resume takes a pause back.</summary>
    public static RequestSense Judge(Run run, RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (request == RunRequest.Approve)
        {
            return run.Phase == RunPhase.Stopped && run.Reasons.Any(reason => reason.Code == ApprovalNeeded) ? RequestSense.Sensible : RequestSense.Senseless;
        }

        var sense = Judge(run.Phase, request);
        return run.Request != RunRequest.None && run.Request != request && sense == RequestSense.AlreadySo ? RequestSense.Sensible : sense;
    }

    private static RequestSense Judge(RunPhase phase, RunRequest request) => request switch
    {
        RunRequest.Cancel when phase == RunPhase.Cancelled => RequestSense.AlreadySo,
        _ when phase.IsFinal() => RequestSense.Senseless,
        RunRequest.Pause => phase.Stands() ? RequestSense.AlreadySo : RequestSense.Sensible,
        RunRequest.Resume => phase.Stands() ? RequestSense.Sensible : RequestSense.AlreadySo,
        _ => RequestSense.Sensible,
    };
}
