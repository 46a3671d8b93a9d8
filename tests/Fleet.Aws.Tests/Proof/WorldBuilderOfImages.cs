using System.Collections.Immutable;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Aws.Tests.Proof;

/// <summary>A builder whose images are in the world at once, and what their machines are like from within; in the place of packer, which wants a machine to log in to.</summary>
internal sealed class WorldBuilderOfImages(World world, HostFacts facts) : IImageBuilder, ITemplateFolders, IPackageRepositories
{
    public Task<IReadOnlyList<InputError>> ValidateAsync(BuildOrder order, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<InputError>>([]);

    public Task<IReadOnlyDictionary<string, string>> VariablesAsync(BuildOrder order, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    public Task<ILookup<string, string>> VersionsAsync(Uri repository, string architecture, IReadOnlyCollection<string> packages, CancellationToken cancellationToken) => throw new IOException("this world has no repositories");

    public Task<TemplateFolder> OpenAsync(RecipeTemplate template, CancellationToken cancellationToken) =>
        Task.FromResult(new TemplateFolder("/templates/worker", [new("worker.pkr.hcl", new string('a', 64), Executable: false)], Trusted: false));

    public IBuild Start(BuildOrder order)
    {
        lock (world.Gate)
        {
            var image = new Image
            {
                Id = "ami-0123456789abcdef0",
                Name = order.ImageName,
                Owner = world.Cloud.Account,
                Created = world.Now,
                ImdsSupport = null,
                Host = facts,
                Tags = ImmutableSortedDictionary<string, string>.Empty.Add("fleet:recipe", order.Recipe).Add("fleet:version", order.Version).Add("fleet:run", order.Run),
            };
            world.Cloud.Put(image);
            return new Done(new BuildResult([(order.Region, image.Id)], null));
        }
    }

    private sealed class Done(BuildResult result) : IBuild
    {
        public Task<BuildResult> Completion => Task.FromResult(result);

        public IReadOnlyList<BuildLine> Heard() => [];

        public void Cancel()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
