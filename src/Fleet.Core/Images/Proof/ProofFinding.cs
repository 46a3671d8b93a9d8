namespace Fleet.Core.Images.Proof;

/// <summary>What a check found.</summary>
/// <param name="Passed">Whether that is as it should be.</param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Cure">What would cure it; null where nothing is wrong.</param>
public sealed record ProofFinding(bool Passed, string Found, string Expected, string? Cure)
{
    /// <summary>As it should be.</summary>
    public static ProofFinding Good(string found, string expected) => new(true, found, expected, null);

    /// <summary>Not as it should be.</summary>
    public static ProofFinding Bad(string found, string expected, string cure) => new(false, found, expected, cure);

    /// <summary>One or the other.</summary>
    public static ProofFinding Of(bool passed, string found, string expected, string cure) => new(passed, found, expected, passed ? null : cure);
}
