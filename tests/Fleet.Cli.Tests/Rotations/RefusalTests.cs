namespace Fleet.Cli.Tests.Rotations;

/// <summary>Whatever is wrong, <c>fleet rotate</c> says what and what would cure it, ends with 2, starts no run, and makes no writing call on the world.</summary>
public sealed class RefusalTests(RefusedSite refused) : IClassFixture<RefusedSite>
{
    private const string Rotate = "fleet rotate site/workers --image ami-00000002 --yes";

    private Site Site => refused.Site;

    [Fact]
    public async Task A_sound_request_passes_the_same_checks()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);

        var ran = await shell.RunAsync("fleet rotate site/workers --image ami-00000002 --dry-run");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldContain("3 of 3 instances are outdated");
    }

    [Theory]
    [InlineData("rotate sight/workers", "there is no node pool 'sight/workers'; did you mean site/workers?")]
    [InlineData("rotate site/wrokers", "there is no node pool 'site/wrokers'; did you mean site/workers?")]
    [InlineData("rotate elsewhere/machines", "there is no node pool 'elsewhere/machines'; there are: site/workers")]
    public async Task An_unknown_cluster_or_pool_is_refused_with_the_nearest_names(string line, string message)
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await RefusedAsync(shell, $"fleet {line} --image ami-00000002 --yes", message);
    }

    [Theory]
    [InlineData("", "the pool declares no image and none was given; give --image, --recipe, --template-version or --to-last-good, or declare spec.image")]
    [InlineData("--image ami-0000dead", "there is no image ami-0000dead in region eu-central-1 that this account may use; name an image of this region, or share it with this account")]
    [InlineData("--image ami-000000a1", "image ami-000000a1 is for arm64, instance type m5.large is x86_64; name an image for x86_64")]
    [InlineData("--image worker-1.33", "--image is 'worker-1.33'; allowed: ami- and 8 to 17 hexadecimal digits")]
    [InlineData("--template-version 7", "has no version 7; name a version that exists")]
    [InlineData("--template-version 1 --image ami-00000002", "--image and --template-version are given; a run has one target")]
    [InlineData("--recipe worker --to-last-good", "--recipe and --to-last-good are given; a run has one target")]
    [InlineData("--recipe Worker", "--recipe is 'Worker'; allowed: 1 to 63 lower-case letters")]
    [InlineData("--recipe worker", "recipe worker has no image yet; build one (fleet images build worker)")]
    [InlineData("--to-last-good", "pool site/workers has no last good template version: no rotation of it has succeeded yet; name a target")]
    public async Task A_target_that_does_not_exist_or_fit_is_refused(string target, string message)
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await RefusedAsync(shell, $"fleet rotate site/workers {target} --yes", message);
    }

    [Theory]
    [InlineData("--max-surge 0", "maxSurge and maxUnavailable are both 0: no node could ever be exchanged; raise maxSurge or maxUnavailable")]
    [InlineData("--max-surge 101%", "--max-surge is '101%'; allowed: a count like 3, or a percentage from 0% to 100%")]
    [InlineData("--max-unavailable 250%", "--max-unavailable is '250%'; allowed: a count like 3, or a percentage from 0% to 100%")]
    [InlineData("--max-surge -1", "--max-surge")]
    [InlineData("--drain-timeout soon", "--drain-timeout is 'soon'; allowed:")]
    [InlineData("--on-drain-timeout force", "--on-drain-timeout force and --force-until go together")]
    [InlineData("--on-drain-timeout explode", "--on-drain-timeout is 'explode'; allowed: stop, quarantine or force")]
    [InlineData("--on-drain-timeout force --force-until 2001-01-01T00:00:00Z", "--force-until is '2001-01-01T00:00:00Z'; allowed: a time after")]
    public async Task A_width_or_limit_out_of_range_is_refused(string flags, string message)
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await RefusedAsync(shell, $"{Rotate} {flags}", message);
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_flags_is_said_at_once()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);

        var ran = await RefusedAsync(shell, "fleet rotate site/workers --image x --max-surge 101% --drain-timeout soon --yes", "3 errors, nothing was changed");

        ran.Error.ShouldContain("--image is 'x'");
        ran.Error.ShouldContain("--max-surge is '101%'");
        ran.Error.ShouldContain("--drain-timeout is 'soon'");
    }

    [Theory]
    [InlineData("{maxSurge: 0, maxUnavailable: 0}", "spec.rotation.maxSurge and maxUnavailable are both 0: no node could ever be exchanged; set one above 0")]
    [InlineData("{maxSurge: 120%}", "spec.rotation.maxSurge is '120%'; allowed: a count like 3, or a percentage from 0% to 100%")]
    public async Task A_width_out_of_range_is_not_even_declared(string rotation, string message)
    {
        using var shell = Site.Shell();
        await RefusedAsync(shell, ["apply", "-f", shell.Write("pool.yaml", await Site.DocumentAsync(RefusedSite.Sound, rotation)), "--yes"], message);
    }

    [Theory]
    [InlineData("mixed", "mixed has mixed-instances-policy, which this version of Fleet does not rotate; remove it from the group, or leave the group out of the pool")]
    [InlineData("warm", "warm has warm-pool, which this version of Fleet does not rotate")]
    [InlineData("hooked", "hooked has lifecycle-hooks, which this version of Fleet does not rotate")]
    [InlineData("checked", "checked has elb-health-check, which this version of Fleet does not rotate")]
    [InlineData("halted", "process Launch of halted is suspended: no instance could be exchanged; resume Launch")]
    [InlineData("bare", "bare has no launch template; give the group a launch template")]
    [InlineData("absent", "there is no Auto Scaling group absent in account 123456789012, region eu-central-1; correct spec.groups of the pool")]
    [InlineData("stray", "1 instances of stray are no nodes of cluster site: i-")]
    [InlineData("owned-0", "owned-0 belongs to an EKS managed node group (tag eks:nodegroup-name)")]
    [InlineData("owned-1", "owned-1 belongs to Cluster API (tag sigs.k8s.io/cluster-api-provider-aws/cluster/x)")]
    [InlineData("owned-2", "owned-2 belongs to Karpenter (tag karpenter.sh/nodepool)")]
    [InlineData("owned-3", "owned-3 belongs to CloudFormation (tag aws:cloudformation:stack-name), which would revert what Fleet does")]
    [InlineData("owned-4", "owned-4 belongs to kOps (tag kops.k8s.io/instancegroup)")]
    public async Task A_group_that_is_not_Fleets_to_rotate_is_refused_also_beside_a_sound_one(string group, string message)
    {
        using var shell = await DeclareAsync($"{RefusedSite.Sound}, {group}");
        var ran = await RefusedAsync(shell, Rotate, message);
        ran.Error.ShouldNotContain("error: sound");
    }

    [Theory]
    [InlineData("DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingGroups")]
    [InlineData("DescribeLaunchTemplateVersions", "ec2:DescribeLaunchTemplateVersions")]
    [InlineData("DescribeImages", "ec2:DescribeImages")]
    [InlineData("DescribeInstances", "ec2:DescribeInstances")]
    [InlineData("CreateLaunchTemplateVersion", "ec2:CreateLaunchTemplateVersion")]
    [InlineData("list pods", "list pods")]
    [InlineData("create pods/eviction", "create pods/eviction")]
    [InlineData("patch nodes", "patch nodes")]
    [InlineData("update leases.coordination.k8s.io", "update leases.coordination.k8s.io in namespace kube-system")]
    public async Task A_missing_permission_is_refused_with_its_action(string verb, string action)
    {
        var user = RefusedSite.Without(verb);
        using var shell = await DeclareAsync(RefusedSite.Sound, user);
        var ran = await RefusedAsync(shell, Rotate, action);
        ran.Error.ShouldContain("1 error, nothing was changed");
    }

    [Fact]
    public async Task Credentials_of_another_account_are_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound, change: document => document.Replace(Site.Host.World.Cloud.Account, "999999999999"));
        await RefusedAsync(shell, Rotate, $"the credentials are of account {Site.Host.World.Cloud.Account}, the cluster is declared in 999999999999; use credentials of the declared account");
    }

    [Fact]
    public async Task Another_cluster_behind_the_kubeconfig_than_at_apply_is_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await using var other = await Site.OpenAsync(RefusedSite.Other, speed: 1, seed: 2);
        await shell.PointAsync("site", await other.KubeconfigAsync());

        await RefusedAsync(shell, Rotate, "the cluster was pinned to");
        other.Writes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_group_that_two_pools_name_is_refused_at_apply_and_at_rotation()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        var twin = (await Site.DocumentAsync(RefusedSite.Sound)).Replace("name: workers", "name: twins");
        await RefusedAsync(shell, ["apply", "-f", shell.Write("twin.yaml", twin), "--yes"], "spec.groups: sound belongs to pool site/workers already; a group belongs to one pool");

        // Of two regions it is two groups, until one of the clusters turns out to be declared in the wrong one.
        var elsewhere = twin.Replace("name: site", "name: east").Replace("cluster: site", "cluster: east").Replace("eu-central-1", "us-east-1");
        (await shell.RunAsync(["apply", "-f", shell.Write("east.yaml", elsewhere), "--yes"])).ExitCode.ShouldBe(0);
        (await shell.RunAsync("fleet rotate site/workers --image ami-00000002 --dry-run")).ExitCode.ShouldBe(0);
        (await shell.RunAsync(["apply", "-f", shell.Write("east.yaml", elsewhere.Replace("us-east-1", "eu-central-1").Split("---\n")[0]), "--yes"])).ExitCode.ShouldBe(0);

        await RefusedAsync(shell, Rotate, "group sound belongs to pool east/twins too; take it out of one of the pools");
    }

    [Fact]
    public async Task An_API_server_that_nobody_runs_is_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound, change: document => document);
        await shell.PointAsync("site", await Site.KubeconfigAsync(text => text.Replace(Site.Host.KubernetesEndpoint.Authority, "127.0.0.1:9")));

        var ran = await RefusedAsync(shell, Rotate, "on 127.0.0.1:9: ");
        ran.Error.ShouldContain("check the kubeconfig's server address and the network");
    }

    [Fact]
    public async Task A_token_that_is_not_known_is_refused_and_not_shown()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await shell.PointAsync("site", await Site.KubeconfigAsync(text => text.Replace("token: ", "token: not-")));

        var ran = await RefusedAsync(shell, Rotate, "renew the kubeconfig's credentials");
        ran.Error.ShouldNotContain("not-token");
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_is_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await shell.PointAsync("site", "/nowhere/config");

        await RefusedAsync(shell, Rotate, "cannot read /nowhere/config");
    }

    [Fact]
    public async Task An_API_server_whose_certificate_has_ended_is_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await using var old = await Site.OpenAsync(RefusedSite.Other, speed: 1, options => options with { CertificateLife = TimeSpan.FromDays(-2) });
        await shell.PointAsync("site", await old.KubeconfigAsync());

        var ran = await RefusedAsync(shell, Rotate, "the server's certificate ended on ");
        ran.Error.ShouldContain("renew the API server's certificate");
        old.Writes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clock_that_does_not_answer_is_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        var there = shell.Surroundings;
        shell.Surroundings = context => there(context) with { Environment = name => name == "FLEET_CLOCK" ? "http://127.0.0.1:9/clock" : null };

        await RefusedAsync(shell, Rotate, "unset FLEET_CLOCK to go by the wall clock");
    }

    [Fact]
    public async Task AWS_that_does_not_answer_is_refused()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        var there = shell.Surroundings;
        shell.Surroundings = context => there(context) with { Account = cluster => there(context).Account(cluster) with { Endpoint = new Uri("http://127.0.0.1:9") } };

        await RefusedAsync(shell, Rotate, "check AWS_ENDPOINT_URL, the region and the network");
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_begun()
    {
        using var shell = await DeclareAsync(RefusedSite.Sound);
        await RefusedAsync(shell, "fleet rotate site/workers --image ami-00000002", "there is no terminal to ask on; give --yes to go ahead, or --dry-run to see the plan only");
    }

    private async Task<Shell> DeclareAsync(string groups, string user = Site.User, Func<string, string>? change = null)
    {
        var shell = Site.Shell(user);
        var document = await Site.DocumentAsync(groups, user: user);
        var ran = await shell.RunAsync(["apply", "-f", shell.Write("pool.yaml", change?.Invoke(document) ?? document), "--yes"]);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return shell;
    }

    private Task<Ran> RefusedAsync(Shell shell, string line, string message) => RefusedAsync(shell, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..], message);

    private async Task<Ran> RefusedAsync(Shell shell, string[] args, string message)
    {
        var before = Site.Writes().Count;

        var ran = await shell.RunAsync(args);

        ran.ExitCode.ShouldBe(2, ran.Output + ran.Error);
        ran.Error.ShouldContain(message);
        ran.Error.ShouldContain("nothing was changed");
        Site.Writes().Skip(before).ShouldBeEmpty();
        (await shell.RunAsync("fleet runs list")).Error.ShouldBe("No runs.\n");
        return ran;
    }
}
