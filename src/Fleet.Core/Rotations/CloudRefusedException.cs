namespace Fleet.Core.Rotations;

/// <summary>AWS refused a call for good, or the call could not be made at all.</summary>
/// <param name="code"><c>denied</c> (missing permission), <c>unauthorized</c> (wrong or expired credentials), <c>not-found</c>, <c>invalid</c>, <c>unreachable</c>, <c>busy</c> (throttled, in progress: worth another try).</param>
/// <param name="action">The IAM action, e.g. <c>autoscaling:SetDesiredCapacity</c>.</param>
/// <param name="message">What AWS said; never a secret.</param>
/// <param name="inner">The cause.</param>
public sealed class CloudRefusedException(string code, string action, string message, Exception? inner = null) : Exception($"{action}: {message}", inner)
{
    /// <summary>Stable code.</summary>
    public string Code => code;

    /// <summary>The IAM action.</summary>
    public string Action => action;
}
