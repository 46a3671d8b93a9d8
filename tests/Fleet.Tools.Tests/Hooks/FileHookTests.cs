using Fleet.Contracts.Hooks;
using Fleet.Core.Hooks;
using Fleet.Tools.Hooks;

namespace Fleet.Tools.Tests.Hooks;

/// <summary>A command that keeps its value in a file.</summary>
public sealed class FileHookTests : HooksContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HookCommands _hooks;

    public FileHookTests()
    {
        var command = _folder.Write("hook", """
            #!/bin/bash
            case $1 in
              read) [ ! -e "$PLACE" ] || cat "$PLACE" ;;
              write) printf '%s\n' "$FLEET_VALUE" >"$PLACE" ;;
            esac
            """, executable: true);
        var settings = new HookSettings { Command = [command], Environment = new Dictionary<string, string> { ["PLACE"] = Path.Combine(_folder.Path, "place") } };
        _hooks = new HookCommands(new Dictionary<string, HookSettings> { [Name] = settings }, name => name, TimeProvider.System);
    }

    protected override IHooks Hooks => _hooks;

    public void Dispose() => _folder.Dispose();
}
