using System.Collections.Immutable;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;

namespace Fleet.Core.Tests.Builds;

/// <summary>A builder that makes in the world what packer makes, a step each time that it is listened to; asked to stop it cleans up, and left alone it leaves what it has made.</summary>
/// <param name="world">The world.</param>
/// <param name="fails">The step at which it fails; null for none.</param>
internal sealed class ScriptedBuilder(BuildWorld world, string? fails = null) : IImageBuilder
{
    private readonly List<Work> _works = [];

    /// <summary>Everything that it refuses.</summary>
    public IReadOnlyList<InputError> Refuses { get; init; } = [];

    public int Started => _works.Count;

    public int Validated { get; private set; }

    /// <summary>The process of the driver dies: what a builder does then is packer's own end, or, where the machine dies, nothing.</summary>
    public void Die(bool cleansUp) => _works.ForEach(work => work.Die(cleansUp));

    public Task<IReadOnlyList<InputError>> ValidateAsync(BuildOrder order, CancellationToken cancellationToken)
    {
        Validated++;
        return Task.FromResult(Refuses);
    }

    /// <summary>What it says of the template's variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What it says of the template's variables in a build of one recipe, where that is another.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>> VariablesOf { get; init; } = [];

    public Task<IReadOnlyDictionary<string, string>> VariablesAsync(BuildOrder order, CancellationToken cancellationToken) => Task.FromResult(VariablesOf.GetValueOrDefault(order.Recipe) ?? Variables);

    public IBuild Start(BuildOrder order)
    {
        if (world.Instances.Count > 0 || world.KeyPairs.Count > 0 || world.Own.Any(image => image.Name == order.ImageName))
        {
            world.Broken.Add("a build began while an earlier one's things were there");
        }

        var work = new Work(world, order, fails);
        _works.Add(work);
        return work;
    }

    private sealed class Work(BuildWorld world, BuildOrder order, string? fails) : IBuild
    {
        private readonly TaskCompletionSource<BuildResult> _end = new();
        private readonly string _instance = world.New("i");
        private readonly string _group = world.New("sg");
        private readonly string _image = world.New("ami");
        private int _step;
        private bool _dead;

        public Task<BuildResult> Completion => _end.Task;

        private string GroupName => $"packer_{_group[3..]}";

        public IReadOnlyList<BuildLine> Heard()
        {
            if (_dead || Completion.IsCompleted)
            {
                return [];
            }

            var said = Step(++_step);
            if (fails is not null && said.Contains(fails, StringComparison.Ordinal))
            {
                CleanUp(image: true);
                _end.SetResult(new BuildResult([], $"packer ended with 1: {said} failed"));
                return [new BuildLine(DateTimeOffset.UnixEpoch, IsError: true, $"{said} failed")];
            }

            return [new BuildLine(DateTimeOffset.UnixEpoch, IsError: false, $"==> amazon-ebs.worker: {said}")];
        }

        public void Cancel()
        {
            if (!Completion.IsCompleted && !_dead)
            {
                CleanUp(image: true);
                _end.SetResult(new BuildResult([], "packer ended with 1: cancelled"));
            }
        }

        public ValueTask DisposeAsync()
        {
            Cancel();
            return ValueTask.CompletedTask;
        }

        public void Die(bool cleansUp)
        {
            if (cleansUp)
            {
                Cancel();
            }

            _dead = true;
        }

        private string Step(int number)
        {
            switch (number)
            {
                case 1:
                    world.KeyPairs.Add($"fleet-{order.Run}");
                    return "Creating temporary keypair";
                case 2:
                    world.Groups[_group] = GroupName;
                    return $"Creating temporary security group for this instance: {GroupName}";
                case 3:
                    world.Instances[_instance] = "running";
                    return "Launching a source instance";
                case 4:
                    return "Provisioning with shell script";
                case 5:
                    world.Images[_image] = new FoundImage(_image, order.ImageName, BuildWorld.Account, order.Architecture, "pending", [], [$"snap-{_image}"]);
                    return "Creating the image";
                case 6:
                    world.Images[_image] = world.Images[_image] with { State = "available" };
                    return "Waiting for the image to become ready";
                case 7:
                    world.Images[_image] = world.Images[_image] with { Tags = ImmutableDictionary<string, string>.Empty.Add("fleet:run", order.Run).Add("fleet:version", order.Version) };
                    return "Adding tags";
                default:
                    CleanUp(image: false);
                    _end.SetResult(new BuildResult([(order.Region, _image)], null));
                    return "Deleting temporary keypair";
            }
        }

        private void CleanUp(bool image)
        {
            world.Instances.Remove(_instance);
            world.Groups.Remove(_group);
            world.KeyPairs.Remove($"fleet-{order.Run}");
            if (image && world.Images.GetValueOrDefault(_image) is { Tags.IsEmpty: true })
            {
                world.Images.Remove(_image);
            }
        }
    }
}
