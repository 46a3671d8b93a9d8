using Fleet.Core.Images;
using Fleet.Simulation.Cloud;

namespace Fleet.Service.Tests.Images;

/// <summary>Images in a served world, as a build would have left them.</summary>
internal static class ServedImages
{
    /// <summary>Puts a candidate of recipe worker, <c>ami-VERSION0</c>, into the world and its record into the store.</summary>
    /// <param name="fleet">Where.</param>
    /// <param name="version">Version, twelve digits.</param>
    /// <param name="source">Digest of what it was made from.</param>
    public static async Task CandidateAsync(ServedFleet fleet, string version, string source)
    {
        var world = fleet.Sandbox.World;
        var record = new ImageRecord
        {
            Recipe = "worker",
            Version = version,
            Source = source,
            Name = ImageNames.Of("worker", "1.33.2", "x86_64", version),
            Account = world.Cloud.Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Run = "build-1",
            State = ImageState.Candidate,
            Created = world.Now,
            Changed = world.Now,
            Copies = [new ImageCopy(world.Cloud.Region, $"ami-{version}0", [])],
        };
        lock (world.Gate)
        {
            world.Cloud.Put(new Image { Id = record.Copies[0].ImageId, Name = record.Name, Owner = record.Account, Created = record.Created, Tags = ImageTags.Of(record, new Dictionary<string, string>()) });
        }

        (await fleet.Store.AddImageAsync(record, CancellationToken.None)).ShouldBeTrue();
    }
}
