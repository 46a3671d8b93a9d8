namespace Fleet.Core.Images.Sweep;

/// <summary>What can need an image.</summary>
public enum ImageUseKind
{
    /// <summary>A version of a launch template, any version and not only the default one.</summary>
    TemplateVersion,

    /// <summary>An instance that is not terminated.</summary>
    Instance,

    /// <summary>An Auto Scaling group, by its launch configuration or an override of its mixed-instances policy.</summary>
    Group,

    /// <summary>An instance of a warm pool.</summary>
    WarmPool,

    /// <summary>An SSM parameter that holds the image's id.</summary>
    Parameter,

    /// <summary>A node pool that names the image's id.</summary>
    Pool,

    /// <summary>A recipe that starts from the image's id.</summary>
    Recipe,

    /// <summary>A rotation that is under way, to the image.</summary>
    Run,
}
