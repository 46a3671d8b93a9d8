using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>A world, a rotation on it, and an engineer beside it who changes things in the midst of it.</summary>
internal sealed class Stage : IDisposable
{
    public Stage(WorldSpec spec, RotationPolicy? policy = null, int seed = 1, Func<RotationSpec, RotationSpec>? adapt = null, RehearsalOptions? options = null, DateTimeOffset? start = null)
    {
        Start = start ?? Worlds.Start;
        World = WorldBuilder.Build(spec, seed, Start);
        Account = new CloudApi(World, "engineer");
        Cluster = new ClusterApi(World, "engineer");
        var rotation = Worlds.Spec(spec, World, policy);
        Spec = adapt?.Invoke(rotation) ?? rotation;
        Rehearsal = new Rehearsal(World, Spec, options);
    }

    /// <summary>When the world began.</summary>
    public DateTimeOffset Start { get; }

    public RotationSpec Spec { get; }

    public World World { get; }

    public Rehearsal Rehearsal { get; }

    public CloudApi Account { get; }

    public ClusterApi Cluster { get; }

    public RotationState State => RotationJson.Read<RotationState>(Rehearsal.Run.State);

    /// <summary>What the run says of itself.</summary>
    public string Why => string.Join("; ", Rehearsal.Run.Reasons.Select(reason => $"{reason.Code}: {reason.Sentence}"));

    /// <summary>Does something at a time after the start.</summary>
    public void After(TimeSpan delay, Action action) => World.Timeline.At(Start + delay, action);

    /// <summary>Drives until the run rests.</summary>
    public RunPhase Drive(double hours = 30) => Rehearsal.Drive(TimeSpan.FromHours(hours)).Phase;

    /// <summary>Lets a person look at a resting run for a while, then answers it and drives on.</summary>
    public RunPhase Answer(RunRequest request, TimeSpan after)
    {
        World.Timeline.RunUntil(World.Now + after);
        Rehearsal.Ask(request);
        return Drive();
    }

    /// <summary>Drives step by step until something is so.</summary>
    public void DriveUntil(Func<RotationState, bool> so)
    {
        for (var steps = 0; steps < 5000; steps++)
        {
            var step = Rehearsal.StepOnce();
            if (so(State))
            {
                return;
            }

            step.Rests.ShouldBeFalse($"the run rests as {step.Run.Phase} before that: {Why}");
            Rehearsal.Advance(step.LookAgain);
        }

        throw new TimeoutException("that never came");
    }

    public void Dispose() => Rehearsal.Dispose();
}
