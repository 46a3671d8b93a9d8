namespace Fleet.Sandbox.Tests.Kubernetes;

/// <summary>What a command printed, and how it ended.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a command that must have ended well.</summary>
    public string Succeeded()
    {
        ExitCode.ShouldBe(0, $"{Error}{Output}");
        return Output;
    }
}
