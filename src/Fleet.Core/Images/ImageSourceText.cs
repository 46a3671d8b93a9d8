namespace Fleet.Core.Images;

/// <summary>Everything that an image is made from.</summary>
public sealed record ImageSourceText
{
    /// <summary>Kubernetes version.</summary>
    public required string KubernetesVersion { get; init; }

    /// <summary>Architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>Id of the image that it starts from.</summary>
    public required string BaseImage { get; init; }

    /// <summary>The recipe's variables, each as JSON.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The variable files of the template that apply, in their order: of two that set the same variable the later one counts. Default none.</summary>
    public IReadOnlyList<string> VariableFiles { get; init; } = [];

    /// <summary>Template and scripts.</summary>
    public required IReadOnlyList<TemplateFile> Files { get; init; }
}
