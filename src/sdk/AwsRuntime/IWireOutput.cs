namespace Fleet.Sdk.Aws;

/// <summary>A shape that can be received: it is handed each member by its name on the wire and passes over those it does not know.</summary>
internal interface IWireOutput
{
    void Read(string name, WireValue value);
}
