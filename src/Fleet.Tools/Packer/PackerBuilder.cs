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
            using var process = ToolProcess.Start(options.Program, work.Arguments("validate"), work.Environment(), work.Folder, Hear, Hear);
            using var registration = cancellationToken.Register(process.Terminate);
            var code = await process.EndAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (code == 127)
            {
                errors.Add(Absent());
            }
            else if (code != 0)
            {
                errors.AddRange(PackerProblems.Read(said.ToString(), order.Folder));
            }
        }
        catch (Win32Exception)
        {
            errors.Add(Absent());
        }

        return errors;
    }

    /// <inheritdoc/>
    public IBuild Start(BuildOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new PackerBuild(new PackerWork(order, options), options.Program, order, wall);
    }

    private InputError Absent() => InputError.Argument("tool-missing", "packer", options.Program, null, $"packer is not to be found as '{options.Program}' in {options.SearchPath}; install it: apt-get install packer");
}
