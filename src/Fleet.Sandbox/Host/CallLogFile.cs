using System.Text.Json;
using Fleet.Simulation;
using Fleet.Simulation.Calls;

namespace Fleet.Sandbox.Host;

/// <summary>Writes every call with caller, verb, object and answer to a file, one JSON object a line.</summary>
internal sealed class CallLogFile : IDisposable
{
    private readonly World _world;
    private readonly StreamWriter _file;

    public CallLogFile(World world, string path)
    {
        _world = world;
        _file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        world.Log.Recorded += Write;
    }

    public void Dispose()
    {
        lock (_world.Gate)
        {
            _world.Log.Recorded -= Write;
            _file.Dispose();
        }
    }

    private void Write(CallRecord call) => _file.WriteLine(JsonSerializer.Serialize(new
    {
        sequence = call.Sequence,
        at = call.At,
        api = call.Api.ToString().ToLowerInvariant(),
        caller = call.Caller,
        verb = call.Verb,
        @object = call.Subject,
        detail = call.Detail,
        writes = call.Writes,
        answer = call.Answer,
        error = call.Error,
        applied = call.Applied,
    }));
}
