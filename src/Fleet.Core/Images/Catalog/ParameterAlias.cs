namespace Fleet.Core.Images.Catalog;

/// <summary>Images that launch templates name by a parameter (Amazon EC2, "Use a Systems Manager parameter instead of an AMI ID in launch templates").</summary>
public static class ParameterAlias
{
    private const string Prefix = "resolve:ssm:";

    /// <summary>The parameter behind what a template says, with its version or label where one is named; null where it says an image's id.</summary>
    public static string? Of(string image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.StartsWith(Prefix, StringComparison.Ordinal) ? image[Prefix.Length..] : null;
    }

    /// <summary>What a template says to name a parameter.</summary>
    public static string To(string parameter) => Prefix + parameter;

    /// <summary>Whether reading a parameter's path does not tell what it holds: it is in none, or a version or label of it is named. Of ARNs, which other accounts share, no more than the path is read.</summary>
    public static bool IsAlone(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return !parameter.StartsWith("arn:", StringComparison.Ordinal) && !parameter.StartsWith("/aws/", StringComparison.Ordinal) && (Folder(parameter) is null || parameter.Contains(':', StringComparison.Ordinal));
    }

    /// <summary>The path below which a parameter is, by its name or ARN; null where it has none, or is one of those that AWS publishes, which hold nobody's own images.</summary>
    public static string? Folder(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var begin = parameter.StartsWith("arn:", StringComparison.Ordinal) ? parameter.IndexOf('/', StringComparison.Ordinal) : 0;
        var name = begin < 0 ? "" : parameter[begin..].Split(':')[0];
        return name.StartsWith("/aws/", StringComparison.Ordinal) || name.LastIndexOf('/') is not (> 0 and var end) ? null : name[..end];
    }

    /// <summary>Whether a parameter's value is an image's id.</summary>
    public static bool IsImage(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.StartsWith("ami-", StringComparison.Ordinal) && value["ami-".Length..].All(char.IsAsciiHexDigitLower) && value.Length > "ami-".Length;
    }
}
