namespace Fleet.Aws;

/// <summary>
/// Buckets that mirror AWS's own and spend at most half of each, so that Fleet never starves an account's other callers
/// (Request throttling for the Amazon EC2 API; Auto Scaling's one bucket for all its calls is unpublished and taken as 100 calls and 10 a second).
/// </summary>
/// <param name="clock">The clock by which the buckets refill.</param>
internal sealed class CallBudget(TimeProvider clock)
{
    private const double Share = 0.5;
    private readonly TokenBucket _reads = new(100 * Share, 20 * Share, clock);
    private readonly TokenBucket _templateWrites = new(100 * Share, 5 * Share, clock);
    private readonly TokenBucket _scaling = new(100 * Share, 10 * Share, clock);
    private readonly TokenBucket _copies = new(100 * Share, 1 * Share, clock);
    private readonly TokenBucket _writes = new(50 * Share, 5 * Share, clock);
    private readonly TokenBucket _others = new(40 * Share, 20 * Share, clock);

    /// <summary>Waits until a call may be made.</summary>
    /// <param name="action">The IAM action.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task TakeAsync(string action, CancellationToken cancellationToken) => BucketOf(action).TakeAsync(cancellationToken);

    private TokenBucket BucketOf(string action) =>
        action.StartsWith("autoscaling:", StringComparison.Ordinal) ? _scaling
        : action == "ec2:CreateLaunchTemplateVersion" ? _templateWrites
        : action == "ec2:CopyImage" ? _copies
        : action.StartsWith("ec2:Describe", StringComparison.Ordinal) || action.StartsWith("ec2:Get", StringComparison.Ordinal) ? _reads
        : action.StartsWith("ec2:", StringComparison.Ordinal) ? _writes
        : _others;
}
