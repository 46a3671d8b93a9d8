using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>The shapes that the operations kept reach: what is sent, what is received, which constants and exceptions that takes.</summary>
internal sealed class Reach
{
    private readonly Service service;

    public Reach(Service service)
    {
        this.service = service;
        foreach (var operation in service.Operations.Select(service.Operation))
        {
            FollowMembers(operation, "input", Sent);
            FollowMembers(operation, "output", Received);
            if (service.IsEc2 && operation.TryGetProperty("output", out var output) && output.Text("shape") == "Reservation")
            {
                Received.Add("Reservation");
            }

            foreach (var error in operation.Items("errors"))
            {
                Errors.Add(error.Text("shape")!);
            }
        }
    }

    public SortedSet<string> Sent { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Received { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Enumerations { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The members of a structure that are generated. Deprecated ones are left out: the official client marks them obsolete.</summary>
    public static IEnumerable<JsonProperty> Members(Service service, string shape)
    {
        var kept = KeepLists.Members.GetValueOrDefault($"{service.Namespace}.{shape}");
        return service.Shape(shape).Properties("members").Where(member => !member.Value.Is("deprecated") && (kept is null || kept.Contains(member.Name)));
    }

    private void FollowMembers(JsonElement operation, string direction, SortedSet<string> structures)
    {
        if (operation.TryGetProperty(direction, out var root))
        {
            foreach (var member in Members(service, root.Text("shape")!))
            {
                Follow(member.Value.Text("shape")!, structures, insideList: false);
            }
        }
    }

    private void Follow(string shape, SortedSet<string> structures, bool insideList)
    {
        var definition = service.Shape(shape);
        switch (definition.Text("type"))
        {
            case "structure":
                if (service.IsEc2 && ShapeTypes.Unwrapped.ContainsKey(shape))
                {
                    return;
                }

                if (structures.Add(shape))
                {
                    foreach (var member in Members(service, shape))
                    {
                        Follow(member.Value.Text("shape")!, structures, insideList: false);
                    }
                }

                break;
            case "list":
                Follow(definition.GetProperty("member").Text("shape")!, structures, insideList: true);
                break;
            case "map":
                Follow(definition.GetProperty("value").Text("shape")!, structures, insideList: true);
                break;
            case "string" when !insideList && definition.TryGetProperty("enum", out _):
                Enumerations.Add(shape);
                break;
        }
    }
}
