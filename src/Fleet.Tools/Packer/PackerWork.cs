using Fleet.Core.Images.Builds;

namespace Fleet.Tools.Packer;

/// <summary>A folder of a build's own for Packer's variables, home and temporary files, and the environment that goes with it.</summary>
internal sealed class PackerWork : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly BuildOrder _order;
    private readonly PackerOptions _options;
    private readonly string _variables;

    public PackerWork(BuildOrder order, PackerOptions options)
    {
        (_order, _options) = (order, options);
        _folder = Directory.CreateDirectory(Path.Combine(options.WorkFolder, $"fleet-packer-{Guid.NewGuid():N}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _variables = PackerVariables.Write(order, _folder.FullName);
    }

    /// <summary>Where Packer works: what a template leaves behind goes with it.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The arguments: flags, the variables' files, the template.</summary>
    public IEnumerable<string> Arguments(params string[] flags) =>
        [.. flags, .. _order.VariableFiles.Select(file => $"-var-file={Path.Combine(_order.Folder, file)}"), $"-var-file={_variables}", _order.Folder];

    /// <summary>What Packer needs; nothing of this process's own.</summary>
    /// <param name="credentials">How it comes to credentials; null for none.</param>
    public IReadOnlyDictionary<string, string> Environment(IReadOnlyDictionary<string, string>? credentials = null) => new Dictionary<string, string>(credentials ?? new Dictionary<string, string>())
    {
        ["AWS_REGION"] = _order.Region,
        ["AWS_DEFAULT_REGION"] = _order.Region,
        ["PATH"] = _options.SearchPath,
        ["HOME"] = Folder,
        ["TMPDIR"] = Folder,
        ["LANG"] = "C.UTF-8",
        ["CHECKPOINT_DISABLE"] = "1",
        ["PACKER_CACHE_DIR"] = Path.Combine(Folder, "cache"),
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
