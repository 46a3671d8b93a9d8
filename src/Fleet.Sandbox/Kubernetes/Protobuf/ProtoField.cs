namespace Fleet.Sandbox.Kubernetes.Protobuf;

/// <summary>One field of a message.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">A scalar (<c>string</c>, <c>int</c>, <c>bool</c>), a map (<c>map</c>, <c>quantities</c>), a type with a form of its own (<c>Time</c>, <c>IntOrString</c>), <c>ignored</c>, or a message.</param>
/// <param name="Repeated">Whether it is a list.</param>
/// <param name="Kept">Whether its zero says something: a pointer in the API's types. Others are sent with their zero, and JSON leaves them out.</param>
internal sealed record ProtoField(string Name, string Type, bool Repeated, bool Kept);
