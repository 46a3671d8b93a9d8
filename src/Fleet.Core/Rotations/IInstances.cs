namespace Fleet.Core.Rotations;

/// <summary>EC2's view of instances and of the caller.</summary>
public interface IInstances
{
    /// <summary>Facts of the instances that EC2 still knows, in bulk; unknown ids are left out.</summary>
    Task<IReadOnlyList<InstanceFacts>> DescribeAsync(IReadOnlyList<string> instanceIds, CancellationToken cancellationToken);

    /// <summary>The latest console output, for evidence; empty when there is none.</summary>
    Task<string> ConsoleOutputAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>The caller's account (STS GetCallerIdentity).</summary>
    Task<string> AccountAsync(CancellationToken cancellationToken);
}
