using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.Auditing;
using Fleet.Service.Tests.Databases;
using Fleet.Service.Tests.SignIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fleet.Service.Tests.Auditing;

/// <summary>The audit log's head where it is kept outside, as the place sees it.</summary>
public sealed class HeadArchivingTests
{
    private static readonly AuditEntry Head = AuditChain.Append(
        new AuditEntry { At = DateTimeOffset.UnixEpoch, Caller = "ada", Source = "local", Action = "PUT /v1/clusters/site", Outcome = "200" }, 7, AuditChain.Root);

    [Fact]
    public async Task A_place_that_is_away_is_tried_again_under_the_same_name()
    {
        using var archive = new Place { Failures = 2 };
        await TellAsync(archive);

        archive.Names.ShouldBe(Enumerable.Repeat("2026/03/10/02-00-00-7.json", 3));
        AuditHead.Read(archive.Kept.ShouldHaveSingleItem().Value).ShouldBe(new AuditHead(7, Head.Hash));
        ((string?)JsonNode.Parse(archive.Kept.Single().Value)!["at"]).ShouldBe("1970-01-01T00:00:00.0000000Z");
    }

    [Fact]
    public async Task What_is_there_already_was_told()
    {
        using var archive = new Place();
        archive.Kept["2026/03/10/02-00-00-7.json"] = "first";
        await TellAsync(archive);

        archive.Names.Count.ShouldBe(1);
        archive.Kept.Single().Value.ShouldBe("first");
    }

    [Fact]
    public async Task A_place_that_stays_away_is_given_up_until_the_next_hour()
    {
        using var archive = new Place { Failures = 10 };
        await TellAsync(archive);

        archive.Names.Count.ShouldBe(4);
        archive.Kept.ShouldBeEmpty();
    }

    /// <summary>The service answers and stops in order while no receiver takes anything.</summary>
    [Fact]
    public async Task A_bucket_that_is_away_keeps_nothing_waiting()
    {
        var bucket = new AuditBucket("corp-audit", null, "eu-central-1", null, new Uri("http://127.0.0.1:1"));
        await using var fleet = await ServedFleet.StartAsync(Engine.Sqlite, speed: 1, settings: new() { AuditBucket = bucket });
        await fleet.DeclareAsync();

        (await fleet.GetAsync("/readyz")).Status.ShouldBe(200);
    }

    private static Task TellAsync(Place archive)
    {
        TimeSpan[] pauses = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];
        return new HeadArchiving(archive, new SetClock(Signer.Now), new HeadTelling(TimeProvider.System, pauses)).TellAsync(Head, NullLogger.Instance, CancellationToken.None);
    }

    private sealed class Place : IAuditArchive
    {
        public int Failures { get; set; }

        public List<string> Names { get; } = [];

        public Dictionary<string, string> Kept { get; } = [];

        string IAuditArchive.Place => "here";

        public Task<bool> PutAsync(string name, string json, CancellationToken cancellationToken)
        {
            Names.Add(name);
            return Failures-- > 0 ? throw new AuditArchiveException("it is away") : Task.FromResult(Kept.TryAdd(name, json));
        }

        public void Dispose() => Kept.TrimExcess();
    }
}
