using System.ComponentModel;
using System.Text;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;
using Fleet.Tools.Processes;

namespace Fleet.Tools.Packer;

/// <summary>Builds images with Packer, 1.6 or newer, as a child process.</summary>
/// <param name="options">How it is started.</param>
/// <param name="wall">Wall clock.</param>
public sealed class PackerBuilder(PackerOptions options, TimeProvider wall) : IImageBuilder
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<InputError>> ValidateAsync(BuildOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var errors = new List<InputError>(LocalCommands.Check(order));
        var (code, said) = await AskAsync(order, "validate", cancellationToken).ConfigureAwait(false);
        if (code is null)
        {
            errors.Add(Absent());
        }
        else if (code != 0)
        {
            errors.AddRange(PackerProblems.Read(said, order.Folder));
        }

        return errors;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> VariablesAsync(BuildOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return PackerInspection.Variables((await AskAsync(order, "inspect", cancellationToken).ConfigureAwait(false)).Said);
    }

    /// <inheritdoc/>
    public IBuild Start(BuildOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new PackerBuild(new PackerWork(order, options), options.Program, order, wall);
    }

    /// <summary>Has packer look at the template.</summary>
    /// <returns>The exit code and what it said; no code where there is no packer.</returns>
    private async Task<(int? Code, string Said)> AskAsync(BuildOrder order, string command, CancellationToken cancellationToken)
    {
        using var work = new PackerWork(order, options);
        var said = new StringBuilder();
        void Hear(string line)
        {
            lock (said)
            {
                said.Append(line).Append('\n');
            }
        }

        try
        {
            using var process = ToolProcess.Start(options.Program, work.Arguments(command), work.Environment(), work.Folder, Hear, Hear);
            using var registration = cancellationToken.Register(process.Terminate);
            var code = await process.EndAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return (code == 127 ? null : code, said.ToString());
        }
        catch (Win32Exception)
        {
            return (null, "");
        }
    }

    private InputError Absent() => InputError.Argument("tool-missing", "packer", options.Program, null, $"packer is not to be found as '{options.Program}' in {options.SearchPath}; install it: apt-get install packer");
}
