using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation;
using Fleet.Simulation.Cluster.Api;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>POST pods/NAME/eviction.</summary>
internal sealed class EvictionHandler(World world)
{
    public async Task EvictAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadObjectAsync(request).ConfigureAwait(false);
        if (body.Object("metadata").Text("name") is { Length: > 0 } name && name != request.Name)
        {
            throw Refusals.BadRequest($"name in URL does not match name in Eviction object: {request.Name}, {name}");
        }

        var delete = DeletionText.Read(request, body.Object("deleteOptions"));
        request.Api(world).Evict(request.Key, new EvictOptions
        {
            Uid = delete.Uid,
            ResourceVersion = delete.ResourceVersion,
            GraceSeconds = delete.GraceSeconds,
            DryRun = delete.DryRun,
        });
        await Answer.WriteAsync(request.Http, 201, StatusAnswer.Success(201)).ConfigureAwait(false);
    }
}
