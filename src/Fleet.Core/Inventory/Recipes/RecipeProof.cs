using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Recipes;

/// <summary>Where the one instance runs that proves a new image before its release.</summary>
public sealed record RecipeProof
{
    /// <summary>Instance profile that lets AWS Systems Manager run scripts on it (AWS Systems Manager User Guide, "Configure instance permissions required for Systems Manager": AmazonSSMManagedInstanceCore).</summary>
    public required string InstanceProfile { get; init; }

    /// <summary>Instance type. Default: the variable <c>instance_type</c>; where there is none m6i.large, or m6g.large for arm64.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Subnet, from which Systems Manager must be reached. Default: the variable <c>subnet_id</c>; where there is none the default VPC's.</summary>
    public string? Subnet { get; init; }

    /// <summary>Security groups; none needs to let anything in. Default: the variable <c>security_group_ids</c>; where there is none the VPC's default group.</summary>
    public ImmutableArray<string> SecurityGroups { get; init; } = [];

    /// <summary>A scan for known weaknesses, run on the instance after the checks: an exit code other than 0 fails the image. Default none.</summary>
    public RecipeCheck? Scan { get; init; }

    /// <summary>What writes the image's bill of materials to its standard output, which the journal keeps whole, up to the 24,000 characters that AWS Systems Manager returns; one that is longer it puts elsewhere, and writes where. Default none.</summary>
    public RecipeCheck? Sbom { get; init; }
}
