using System.ComponentModel;
using Fleet.Core.Images.Builds;
using Fleet.Tools.Processes;

namespace Fleet.Tools.Packer;

/// <summary>A `packer build` under way.</summary>
internal sealed class PackerBuild : IBuild
{
    private const int LongestLine = 2000;

    private readonly Lock _gate = new();
    private readonly PackerWork _work;
    private readonly TimeProvider _wall;
    private readonly ToolProcess? _process;
    private readonly CredentialEndpoint? _credentials;
    private readonly List<(string Region, string ImageId)> _images = [];
    private List<BuildLine> _heard = [];
    private string? _lastError;

    public PackerBuild(PackerWork work, string program, BuildOrder order, TimeProvider wall)
    {
        (_work, _wall) = (work, wall);
        _credentials = order.Credentials is { } source ? new CredentialEndpoint(source) : null;
        try
        {
            _process = ToolProcess.Start(program, work.Arguments("build", "-machine-readable", "-on-error=cleanup"), work.Environment(_credentials?.Environment), work.Folder, HearMachine, line => Say(line, isError: true));
            Completion = RunAsync(_process);
        }
        catch (Win32Exception absent)
        {
            Completion = Task.FromResult(new BuildResult([], $"packer cannot be started: {absent.Message}"));
        }
    }

    public Task<BuildResult> Completion { get; }

    public IReadOnlyList<BuildLine> Heard()
    {
        lock (_gate)
        {
            var heard = _heard;
            _heard = [];
            return heard;
        }
    }

    public void Cancel() => _process?.Terminate();

    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted)
        {
            Cancel();
        }

        await Completion.ConfigureAwait(false);
        _process?.Dispose();
        _credentials?.Dispose();
        _work.Dispose();
    }

    private async Task<BuildResult> RunAsync(ToolProcess process)
    {
        var code = await process.EndAsync().ConfigureAwait(false);
        lock (_gate)
        {
            return code == 0 && _images.Count > 0 ? new BuildResult([.. _images.Distinct()], null)
                : new BuildResult([], code == 0 ? "packer ended without an artifact" : $"packer ended with {code}{(_lastError is null ? "" : $": {_lastError}")}");
        }
    }

    private void HearMachine(string text)
    {
        if (MachineLine.Read(text) is not { } line)
        {
            return;
        }

        if (line is { Type: "ui", Data: [var kind, .. var words] })
        {
            Say(string.Join(',', words), isError: kind == "error");
        }

        lock (_gate)
        {
            _images.AddRange(line.Images());
        }
    }

    private void Say(string text, bool isError)
    {
        var clean = Scrub(text.Trim());
        if (clean.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _lastError = isError ? clean : _lastError;
            _heard.Add(new BuildLine(_wall.GetUtcNow(), isError, clean.Length > LongestLine ? clean[..LongestLine] + " …" : clean));
        }
    }

    /// <summary>A script that prints its environment must not print credentials into the journal.</summary>
    private string Scrub(string text) => _credentials is null ? text : _credentials.Secrets.Where(secret => secret.Length > 0).Aggregate(text, (clean, secret) => clean.Replace(secret, "***", StringComparison.Ordinal));
}
