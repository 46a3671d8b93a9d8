namespace Fleet.Sdk.Aws;

/// <summary>A shape that can be sent.</summary>
internal interface IWireInput
{
    void Write(WireWriter writer);
}
