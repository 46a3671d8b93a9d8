using Fleet.Core.Disruption;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Core.Tests.Joining;

public sealed class JoinTokenKeeperTests
{
    /// <summary>The SHA-256 of its public key, as openssl tells it of the world's CA.</summary>
    private const string Hash = "sha256:4cf1cd4fc1bf878e3b2ae78752f15589c30302e4c57d0d9434a8e79e804ccc0b";

    private readonly JoinStage _stage = new();

    [Fact]
    public async Task The_first_look_makes_a_token_and_tells_nodes_all_that_they_need()
    {
        var kept = await _stage.LookAsync();

        kept.ShouldBe(new KeptToken("fleet0", _stage.World.Now + TimeSpan.FromHours(1), Renewed: true));
        _stage.Told.ShouldNotBeNull().ShouldSatisfyAllConditions(
            told => told.Hashes.ShouldBe([Hash]),
            told => told.Endpoint.ShouldBe("api.stage:6443"),
            told => told.Token.Secret.ShouldMatch("^[a-z0-9]{16}$"));
        (await _stage.Ports.Tokens.FindAsync("fleet0", CancellationToken.None)).ShouldNotBeNull().Token.ShouldBe(_stage.Told!.Token);
    }

    [Fact]
    public async Task A_token_is_kept_until_half_of_its_life_is_left()
    {
        var first = await _stage.LookAsync();
        _stage.Pass(TimeSpan.FromMinutes(29));
        (await _stage.LookAsync()).ShouldBe(first with { Renewed = false });

        _stage.Pass(TimeSpan.FromMinutes(1));
        var second = await _stage.LookAsync();

        second.ShouldBe(new KeptToken("fleet1", _stage.World.Now + TimeSpan.FromHours(1), Renewed: true));
        _stage.Secrets.ShouldBe(["bootstrap-token-fleet0", "bootstrap-token-fleet1"], "a machine may be booting with the older one");
    }

    [Fact]
    public async Task What_has_expired_is_removed_and_never_more_than_three_tokens_are_there()
    {
        for (var look = 0; look < 600; look++)
        {
            var kept = await _stage.LookAsync();
            (kept.Expires - _stage.World.Now).ShouldBeGreaterThan(TimeSpan.FromMinutes(30));
            _stage.Secrets.Count().ShouldBeLessThanOrEqualTo(3);
            _stage.Pass(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_look_that_broke_off_before_the_parameter_is_mended_by_the_next_one_with_the_same_token()
    {
        _stage.World.Faults.Next("PutParameter", WorldFaultKind.ServerError);
        await Should.ThrowAsync<CloudRefusedException>(_stage.LookAsync);
        _stage.Told.ShouldBeNull();

        (await _stage.LookAsync()).Id.ShouldBe("fleet0");
        _stage.Secrets.ShouldBe(["bootstrap-token-fleet0"]);
    }

    [Fact]
    public async Task A_secret_whose_answer_was_lost_is_the_token()
    {
        _stage.World.Faults.Next("create secrets", WorldFaultKind.TimeoutAfterSuccess);
        await Should.ThrowAsync<ClusterUnreachableException>(_stage.LookAsync);

        (await _stage.LookAsync()).Id.ShouldBe("fleet0");
        _stage.Secrets.ShouldBe(["bootstrap-token-fleet0"]);
    }

    [Theory]
    [InlineData("String gone")]
    [InlineData("Secret gone")]
    [InlineData("another token")]
    [InlineData("another CA")]
    [InlineData("another endpoint")]
    [InlineData("not Fleet's form")]
    public async Task Whatever_happened_to_it_the_next_look_puts_it_right(string what)
    {
        await _stage.LookAsync();
        var told = _stage.Told!;
        switch (what)
        {
            case "String gone":
                new CloudApi(_stage.World, "admin").DeleteParameter(_stage.Cluster.Join!.Parameter);
                break;
            case "Secret gone":
                _stage.Remove(told.Token.Id);
                break;
            case "another token":
                Put((told with { Token = told.Token with { Secret = "aaaaaaaaaaaaaaaa" } }).Write());
                break;
            case "another CA":
                Put((told with { Hashes = ["sha256:" + new string('0', 64)] }).Write());
                break;
            case "another endpoint":
                _stage.Cluster = _stage.Cluster with { Join = _stage.Cluster.Join! with { Endpoint = "new.stage:6443" } };
                break;
            default:
                Put("abcdef.0123456789abcdef");
                break;
        }

        (await _stage.LookAsync()).Renewed.ShouldBeTrue();

        var mended = _stage.Told.ShouldNotBeNull();
        (mended.Endpoint, mended.Hashes.ShouldHaveSingleItem()).ShouldBe((_stage.Cluster.Join!.Endpoint, Hash));
        (await _stage.Ports.Tokens.FindAsync(mended.Token.Id, CancellationToken.None)).ShouldNotBeNull().Token.ShouldBe(mended.Token);
        (await _stage.LookAsync()).Renewed.ShouldBeFalse();

        void Put(string value) => _stage.Put(new Parameter(_stage.Cluster.Join!.Parameter, value, Parameter.Secure, 2, _stage.World.Now));
    }

    /// <summary>At every call the other replica makes a whole look of its own.</summary>
    [Fact]
    public async Task Two_replicas_at_once_leave_a_token_that_counts()
    {
        for (var at = 0; at < 30; at++)
        {
            var stage = new JoinStage();
            var calls = 0;
            var other = new JoinStage.Interleaved(stage.Ports, async () =>
            {
                if (calls++ == at)
                {
                    await JoinTokenKeeper.LookAsync(stage.Cluster, stage.Ports, new SeededBytes(8), stage.World.Now, CancellationToken.None);
                }
            });

            await JoinTokenKeeper.LookAsync(stage.Cluster, other.Ports, new SeededBytes(9), stage.World.Now, CancellationToken.None);

            var told = stage.Told.ShouldNotBeNull();
            (await stage.Ports.Tokens.FindAsync(told.Token.Id, CancellationToken.None)).ShouldNotBeNull().Token.ShouldBe(told.Token);
            (await stage.LookAsync()).Renewed.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Another_s_Secret_of_that_name_is_left_alone()
    {
        await _stage.Ports.Tokens.CreateAsync(new BootstrapToken { Id = "fleet0", Secret = "0123456789abcdef", Expires = _stage.World.Now - TimeSpan.FromDays(1) }, CancellationToken.None);
        _stage.Disown("fleet0");

        (await _stage.LookAsync()).Id.ShouldBe("fleet1");

        _stage.Secrets.ShouldContain("bootstrap-token-fleet0");
    }

    [Fact]
    public async Task Where_all_ids_are_others_the_cure_is_told()
    {
        foreach (var id in BootstrapToken.Ids)
        {
            await _stage.Ports.Tokens.CreateAsync(new BootstrapToken { Id = id, Secret = "0123456789abcdef", Expires = DateTimeOffset.MaxValue }, CancellationToken.None);
            _stage.Disown(id);
        }

        (await Should.ThrowAsync<JoinTokenException>(_stage.LookAsync)).Message.ShouldContain("(fleet0 to fleet7) are taken");
    }

    [Fact]
    public async Task Nothing_is_made_in_another_cluster_or_account()
    {
        _stage.Cluster = _stage.Cluster with { KubeSystemUid = "another" };
        (await Should.ThrowAsync<JoinTokenException>(_stage.LookAsync)).Message.ShouldContain("is another cluster's");
        _stage.Cluster = _stage.Cluster with { KubeSystemUid = null, Account = "999999999999" };
        (await Should.ThrowAsync<JoinTokenException>(_stage.LookAsync)).Message.ShouldContain("are of account 123456789012, not of 999999999999");

        _stage.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_without_cluster_info_says_so()
    {
        _stage.World.Cluster.Table("configmaps").Remove(new("kube-public", "cluster-info"));

        (await Should.ThrowAsync<JoinTokenException>(_stage.LookAsync)).Message.ShouldContain("kubeadm init phase bootstrap-token");
    }

    [Fact]
    public async Task The_secret_half_stands_in_the_Secret_and_the_SecureString_and_nowhere_else()
    {
        var kept = await _stage.LookAsync();
        var told = _stage.Told!;
        var secret = told.Token.Secret;

        string[] said = [$"{kept}", $"{told}", $"{told.Token}", $"{await _stage.Ports.Tokens.FindAsync(kept.Id, CancellationToken.None)}", _stage.World.Cloud.Parameters[_stage.Cluster.Join!.Parameter].Description!];
        Should.Throw<InvalidOperationException>(() => System.Text.Json.JsonSerializer.Serialize(told.Token));
        said.ShouldAllBe(text => !text.Contains(secret));
        _stage.World.Log.Records.ShouldAllBe(call => !$"{call.Subject} {call.Detail} {call.Error}".Contains(secret));
    }

    [Fact]
    public void Every_letter_is_as_likely()
    {
        var counts = Enumerable.Range(0, 2000).SelectMany(seed => BootstrapToken.Draw("fleet0", DateTimeOffset.MaxValue, new SeededBytes(seed)).Secret).CountBy(letter => letter).ToDictionary();

        counts.Count.ShouldBe(36);
        counts.Values.ShouldAllBe(count => count > 700 && count < 1100);
    }

    [Fact]
    public void All_CAs_of_a_bundle_count()
    {
        var twice = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Simulation.Cluster.ClusterInfo.Authority + "\n" + Simulation.Cluster.ClusterInfo.Authority));

        AuthorityHashes.Of($"clusters:\n- cluster:\n    certificate-authority-data: {twice}\n").ShouldBe([Hash]);
        Should.Throw<JoinTokenException>(() => AuthorityHashes.Of("clusters: []"));
        Should.Throw<JoinTokenException>(() => AuthorityHashes.Of("    certificate-authority-data: bm8=\n"));
    }
}
