namespace Fleet.Service.Tests.Watching;

/// <summary>A span as a receiver got it.</summary>
internal sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> LinkedTraces)
{
    public string? Run => Attributes.GetValueOrDefault("fleet.run");
}
