using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>What an image build writes into its undo ledger before the builder starts.</summary>
internal static class BuildLedger
{
    /// <summary>Instances, key pair, security groups and volumes: removed whatever comes of the build.</summary>
    public const string Temporary = "build-temporary";

    /// <summary>The image with its snapshots: removed unless it is recorded as finished.</summary>
    public const string Image = "build-image";

    /// <summary>The instance that proves the image: ended whatever comes of the proof, unless a failed one's was asked to stay.</summary>
    public const string Proof = "proof-instance";

    /// <summary>Both, still to be undone.</summary>
    public static ImmutableArray<LedgerEntry> Open(Run run, BuildSource source, DateTimeOffset now) =>
    [
        new() { Kind = Temporary, Subject = $"fleet:run={run.Id}", Mine = $"instance, volumes, key pair fleet-{run.Id}, security group", At = now },
        new() { Kind = Image, Subject = source.ImageName, Mine = "image and snapshots", At = now },
    ];

    /// <summary>The instance that is about to be launched.</summary>
    public static ImmutableArray<LedgerEntry> OpenProof(Run run, string image, DateTimeOffset now) =>
        [new() { Kind = Proof, Subject = $"fleet:run={run.Id}", Mine = $"one instance of {image}", At = now }];

    /// <summary>The entries that are open, settled.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="kept">The image that stays; null where none does.</param>
    /// <param name="instance">The instance that stays; null where none does.</param>
    /// <param name="now">Policy time.</param>
    public static ImmutableArray<LedgerEntry> Settle(ImmutableArray<LedgerEntry> ledger, string? kept, string? instance, DateTimeOffset now) =>
        [.. ledger.Where(entry => entry.Status == LedgerStatus.Open).Select(entry => entry.Kind == Image && kept is not null
            ? entry with { Status = LedgerStatus.Void, Note = $"{kept} is recorded and stays", At = now }
            : entry.Kind == Proof && instance is not null ? entry with { Status = LedgerStatus.Void, Note = $"{instance} stays, as asked: terminate it when it has been looked at", At = now }
            : entry with { Status = LedgerStatus.Done, At = now })];
}
