namespace Fleet.Core.Images.Sweep;

/// <summary>Something that needs an image.</summary>
/// <param name="Region">Where the image's id is valid.</param>
/// <param name="ImageId">The image.</param>
/// <param name="Kind">What needs it.</param>
/// <param name="Subject">Which one, e.g. <c>lt-0123 version 7</c>.</param>
public sealed record ImageUse(string Region, string ImageId, ImageUseKind Kind, string Subject);
