namespace Fleet.Core.Images.Proof;

/// <summary>Whose a check is.</summary>
public enum ProofKind
{
    /// <summary>Fleet's: what every image must be.</summary>
    Fleet,

    /// <summary>The recipe's own.</summary>
    Recipe,

    /// <summary>A scan for known weaknesses.</summary>
    Scan,

    /// <summary>A bill of materials.</summary>
    Sbom,
}
