using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Nodes;
using Fleet.Simulation.Rehearsals;
using RotationTarget = Fleet.Core.Rotations.RotationTarget;

namespace Fleet.Core.Tests.Joining;

/// <summary>Machines that are launched long after their launch template version was written.</summary>
public sealed class ScaleUpTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly JoinStage _stage = new();
    private readonly CloudApi _autoscaler;
    private bool _fleetIsThere;

    public ScaleUpTests()
    {
        _autoscaler = new CloudApi(_stage.World, "autoscaler");
        Look();
    }

    private int Nodes => _stage.World.Cluster.Nodes.Objects.Count(node => node.Ready == true);

    [Theory]
    [InlineData("2")]
    [InlineData("1")]
    public void A_pool_grows_thirty_days_after_its_rotation_also_from_an_older_template_version(string version)
    {
        _fleetIsThere = true;
        Rotate();
        _stage.Pass(Month);
        _autoscaler.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", TemplateId = _stage.World.Cloud.Groups["workers"].TemplateId, TemplateVersion = version });

        _autoscaler.SetDesiredCapacity("workers", 5);
        _stage.Pass(TimeSpan.FromMinutes(15));

        Nodes.ShouldBe(5);
        _stage.World.Cloud.Members("workers").Count(instance => instance.TemplateVersion == int.Parse(version)).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void While_Fleet_is_away_machines_wait_and_nothing_is_lost_and_when_it_is_back_they_join()
    {
        _fleetIsThere = true;
        Rotate();
        _fleetIsThere = false;
        _stage.Pass(Month);
        _autoscaler.SetDesiredCapacity("workers", 5);
        _stage.Pass(TimeSpan.FromDays(1));

        Nodes.ShouldBe(3, "the token has ended long ago");
        var waiting = Running();
        waiting.Count.ShouldBe(5);

        _fleetIsThere = true;
        _stage.Pass(TimeSpan.FromMinutes(15));

        Nodes.ShouldBe(5);
        Running().ShouldBe(waiting, "nothing was replaced");
    }

    [Fact]
    public void A_token_that_a_person_puts_there_bridges_it()
    {
        _autoscaler.SetDesiredCapacity("workers", 4);
        _stage.Pass(TimeSpan.FromHours(2));
        Nodes.ShouldBe(3);

        var token = new BootstrapToken { Id = "abcdef", Secret = "0123456789abcdef", Expires = _stage.World.Now + TimeSpan.FromHours(1) };
        _stage.Ports.Tokens.CreateAsync(token, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        _stage.Put(new Parameter(_stage.Cluster.Join!.Parameter, new JoinDocument { Token = token, Hashes = [], Endpoint = "api.stage:6443" }.Write(), Parameter.Secure, 1, _stage.World.Now));
        _stage.Pass(TimeSpan.FromMinutes(5));

        Nodes.ShouldBe(4);
    }

    [Fact]
    public void A_role_that_may_not_read_the_parameter_keeps_its_machine_out_until_it_may()
    {
        _fleetIsThere = true;
        _stage.World.Faults.Deny("GetParameter", UserDataJoin.Caller);
        _autoscaler.SetDesiredCapacity("workers", 4);
        _stage.Pass(TimeSpan.FromHours(2));
        Nodes.ShouldBe(3);

        _stage.World.Faults.Clear();
        _stage.Pass(TimeSpan.FromMinutes(5));

        Nodes.ShouldBe(4);
    }

    [Fact]
    public void A_machine_gives_up_after_thirty_days()
    {
        _autoscaler.SetDesiredCapacity("workers", 4);
        _stage.Pass(TimeSpan.FromDays(31));
        _fleetIsThere = true;
        _stage.Pass(TimeSpan.FromHours(1));

        Nodes.ShouldBe(3);
    }

    /// <summary>The keeper's look, every few minutes of the world's time, where Fleet is there.</summary>
    private void Look()
    {
        if (_fleetIsThere)
        {
            _stage.LookAsync().IsCompletedSuccessfully.ShouldBeTrue();
        }

        _stage.World.Timeline.After(TimeSpan.FromMinutes(5), Look);
    }

    private List<string> Running() => [.. _stage.World.Cloud.Members("workers").Where(instance => instance.State == InstanceState.Running).Select(instance => instance.Id)];

    private void Rotate()
    {
        _stage.Pass(TimeSpan.FromMinutes(10));
        var spec = new RotationSpec { Cluster = _stage.Cluster, Pool = JoinStage.Pool, Target = new RotationTarget { ImageId = JoinStage.NewImage } };
        using var rehearsal = new Rehearsal(_stage.World, spec);
        rehearsal.Drive(TimeSpan.FromHours(6)).Phase.ShouldBe(RunPhase.Succeeded);
        Nodes.ShouldBe(3);
    }
}
