using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Retirement;
using Fleet.Core.Rotations;

namespace Fleet.Core.Promotions;

/// <summary>Looks at what a stage of a promotion needs to know, and at nothing else.</summary>
internal sealed class PromotionObserver(PromotionPorts ports, PromotionMemory memory)
{
    public async Task<PromotionObservation> ObserveAsync(PromotionSpec spec, PromotionState state, CancellationToken cancellationToken)
    {
        var records = await ports.Images.ImagesAsync(spec.Recipe.Name, cancellationToken).ConfigureAwait(false);
        var seen = new PromotionObservation { Records = [.. records], Shared = memory.Shared, Named = memory.Named, Failures = memory.Failures };
        if (records.FirstOrDefault(image => image.Version == spec.Version) is not { } record)
        {
            return seen;
        }

        if (state is { Stage: PromotionStage.Gates, Ending: null })
        {
            seen = seen with { Keys = await new PromotionKeys(ports).CheckAsync(spec.Recipe, record, cancellationToken).ConfigureAwait(false) };
            return record.State != ImageState.Candidate || spec.SkipSoak || spec.Recipe.PromoteAfter <= TimeSpan.Zero ? seen : await WithUsersAsync(seen, spec, record, cancellationToken).ConfigureAwait(false);
        }

        var found = await Task.WhenAll(spec.Recipe.Regions.Union(record.Copies.Select(copy => copy.Region)).Select(async region =>
        {
            var catalog = await memory.AtAsync(ports.Catalogs, spec.Recipe, region, cancellationToken).ConfigureAwait(false);
            var named = (await catalog.OwnedAsync(cancellationToken).ConfigureAwait(false)).Where(image => image.Name == record.Name || image.Id == record.In(region)?.ImageId).ToList();
            return named.OrderByDescending(image => image.Id == record.In(region)?.ImageId).ThenByDescending(image => image.Version == record.Version).ThenBy(image => image.Id, StringComparer.Ordinal).FirstOrDefault();
        })).ConfigureAwait(false);
        return seen with { Found = found.OfType<SeenImage>().ToImmutableSortedDictionary(image => image.Region, image => image, StringComparer.Ordinal) };
    }

    /// <summary>The instances that run the version, in its own account and in those that it is shared with.</summary>
    private async Task<PromotionObservation> WithUsersAsync(PromotionObservation seen, PromotionSpec spec, ImageRecord record, CancellationToken cancellationToken)
    {
        var declared = await ports.Inventory.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var (users, unread) = (new List<string>(), new List<string>());
        foreach (var copy in record.Copies)
        {
            foreach (var account in record.SharedWith.Prepend(record.Account).Distinct(StringComparer.Ordinal))
            {
                var ways = account == record.Account ? [PromotionMemory.Place(spec.Recipe, copy.Region)] : SweepObserver.Ways(declared, account, copy.Region);
                var (instances, why) = await UsersAsync(account, ways, copy, cancellationToken).ConfigureAwait(false);
                users.AddRange(instances);
                unread.AddRange(why is null ? [] : [$"account {account} in {copy.Region} could not be read: {why}"]);
            }
        }

        return seen with { UsedBy = [.. users], Unread = [.. unread] };
    }

    private async Task<(IReadOnlyList<string> Instances, string? Why)> UsersAsync(string account, IReadOnlyList<ImagePlace> ways, ImageCopy copy, CancellationToken cancellationToken)
    {
        var first = ways.Count == 0 ? "neither a recipe nor a cluster of it is declared" : null;
        foreach (var way in ways)
        {
            try
            {
                var catalog = ports.Catalogs.At(way);
                if (await catalog.AccountAsync(cancellationToken).ConfigureAwait(false) is var actual && actual != account)
                {
                    first ??= $"the credentials are those of account {actual}";
                    continue;
                }

                var uses = await catalog.UsesAsync([], cancellationToken).ConfigureAwait(false);
                return ([.. uses.Where(use => use.ImageId == copy.ImageId && use.Kind == ImageUseKind.Instance).Select(use => $"{use.Subject} in {copy.Region}")], null);
            }
            catch (CloudRefusedException refused)
            {
                first ??= refused.Message;
            }
        }

        return ([], first);
    }
}
