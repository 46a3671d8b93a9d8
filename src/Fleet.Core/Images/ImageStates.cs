using System.Collections.Immutable;

namespace Fleet.Core.Images;

/// <summary>The life of an image's version.</summary>
public static class ImageStates
{
    /// <summary>Which state follows which.</summary>
    public static ImmutableDictionary<ImageState, ImmutableArray<ImageState>> Transitions { get; } = new Dictionary<ImageState, ImmutableArray<ImageState>>
    {
        [ImageState.Building] = [ImageState.Candidate, ImageState.Rejected],
        [ImageState.Candidate] = [ImageState.Stable, ImageState.Deprecated],
        [ImageState.Stable] = [ImageState.Deprecated],
        [ImageState.Rejected] = [ImageState.Retired],
        [ImageState.Deprecated] = [ImageState.Disabled, ImageState.Stable, ImageState.Candidate],
        [ImageState.Disabled] = [ImageState.Retired, ImageState.Deprecated],
        [ImageState.Retired] = [],
    }.ToImmutableDictionary();

    /// <summary>The next state.</summary>
    /// <exception cref="InvalidOperationException">The table has no such transition.</exception>
    public static ImageState To(this ImageState from, ImageState to) =>
        Transitions[from].Contains(to) ? to : throw new InvalidOperationException($"an image that is {from} does not become {to}");

    /// <summary>Whether pools may launch from it.</summary>
    public static bool Launches(this ImageState state) => state is ImageState.Candidate or ImageState.Stable or ImageState.Deprecated;
}
