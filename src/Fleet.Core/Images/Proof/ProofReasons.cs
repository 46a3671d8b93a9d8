using Fleet.Core.Runs;

namespace Fleet.Core.Images.Proof;

/// <summary>Verdicts in the words of a run.</summary>
public static class ProofReasons
{
    /// <summary>Why an image is not released: a reason for each check that it did not pass.</summary>
    /// <param name="image">The image as people call it, e.g. <c>worker/4f2a90c31b7d</c>.</param>
    /// <param name="state">The proof.</param>
    public static IReadOnlyList<Reason> Of(string image, ProofState state) =>
    [
        .. state.Verdicts.Where(verdict => !verdict.Finding.Passed).Select(verdict => new Reason
        {
            Code = "proof-failed",
            Sentence = $"{image}: {verdict.Check}: {verdict.Finding.Found}; expected {verdict.Finding.Expected}",
            Object = $"image {image}",
            Limit = verdict.Finding.Expected,
            Value = verdict.Finding.Found,
            Cure = verdict.Finding.Cure,
        }),
    ];
}
