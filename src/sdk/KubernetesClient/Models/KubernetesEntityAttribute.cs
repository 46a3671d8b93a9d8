namespace k8s.Models;

[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityAttribute : Attribute
{
    public string Kind { get; set; }

    public string ApiVersion { get; set; }

    public string Group { get; set; }

    public string PluralName { get; set; }
}
