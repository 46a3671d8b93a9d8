using Amazon.Runtime.Internal;

namespace Fleet.Sdk.Aws;

/// <summary>Marshaller, then signing scheme, then address: the order of the official clients.</summary>
internal static class StandInPipeline
{
    public static void Customize(RuntimePipeline pipeline, string prefix)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new StandInEndpointResolver(prefix));
        pipeline.AddHandlerAfter<Marshaller>(new StandInAuthHandler());
    }
}
