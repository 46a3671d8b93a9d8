using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>Which objects a list or watch asks for: namespace, labels, fields, and the name where one is given.</summary>
internal sealed class Selection
{
    private readonly string? _namespace;
    private readonly LabelSelector? _labels;
    private readonly Func<WorldObject, bool>? _fields;

    public Selection(ApiRequest request)
    {
        _namespace = request.Namespace;
        _labels = LabelSelectorText.Parse(request.Query("labelSelector"));
        _fields = FieldSelector.Parse(request.Kind, request.Name is { } name ? $"metadata.name={name}" : request.Query("fieldSelector"));
    }

    /// <summary>Whether more than a namespace is asked for.</summary>
    public bool Selects => _labels is not null || _fields is not null;

    public bool Holds(WorldObject value) =>
        (_namespace is null || value.Meta.Namespace == _namespace) && (_labels is null || _labels.Matches(value.Meta.Labels)) && (_fields is null || _fields(value));
}
