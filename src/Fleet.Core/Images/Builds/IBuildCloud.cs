using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Builds;

/// <summary>What a build needs of EC2, in the account and region that build. Every method throws the cloud's refusal where it is refused or not answered.</summary>
public interface IBuildCloud
{
    /// <summary>EC2's address where it is not the region's usual one; null for that.</summary>
    string? Endpoint { get; }

    /// <summary>The account whose credentials are used.</summary>
    Task<string> AccountAsync(CancellationToken cancellationToken);

    /// <summary>The image that a base names now: of several the newest available one; null where there is none.</summary>
    Task<FoundImage?> BaseAsync(BaseImage wanted, CancellationToken cancellationToken);

    /// <summary>The account's own image of a name, in whatever state; null where there is none. An account and region have a name once.</summary>
    Task<FoundImage?> NamedAsync(string name, CancellationToken cancellationToken);

    /// <summary>What a run's builds have left beside images.</summary>
    /// <param name="run">The run.</param>
    /// <param name="groups">Names of temporary security groups that are known to be the run's; those of its instances are found without.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<BuildLeftovers> LeftoversAsync(string run, ImmutableArray<string> groups, CancellationToken cancellationToken);

    /// <summary>Removes leftovers; what another one still needs is left for the next time.</summary>
    Task RemoveAsync(BuildLeftovers leftovers, CancellationToken cancellationToken);

    /// <summary>Deregisters an image and deletes its snapshots; those that are gone already are no matter.</summary>
    Task RemoveAsync(FoundImage image, CancellationToken cancellationToken);

    /// <summary>Has every instance of an image ask for tokens at the instance metadata service (IMDSv2).</summary>
    Task RequireTokensAsync(string imageId, CancellationToken cancellationToken);

    /// <summary>Launches one instance; with a token that was used before, finds the one that it gave.</summary>
    /// <returns>Its id.</returns>
    Task<string> LaunchAsync(InstanceOrder order, CancellationToken cancellationToken);

    /// <summary>Credentials for a builder, as good as they are now: those of a role are made anew before they end.</summary>
    /// <exception cref="Rotations.CloudRefusedException">There are none, or the role may not be assumed.</exception>
    Task<BuilderCredentials> CredentialsAsync(CancellationToken cancellationToken);
}
