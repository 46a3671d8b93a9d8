using Fleet.Tools.Processes;

namespace Fleet.Tools.Packer;

/// <summary>How Packer is started.</summary>
public sealed record PackerOptions
{
    /// <summary>The program. Default <c>packer</c>, looked for in <see cref="SearchPath"/>.</summary>
    public string Program { get; init; } = "packer";

    /// <summary>The PATH that it gets. Default the usual folders of a Debian system.</summary>
    public string SearchPath { get; init; } = ToolProcess.UsualPath;

    /// <summary>Where its temporary folders are made. Default the system's.</summary>
    public string WorkFolder { get; init; } = Path.GetTempPath();
}
