using System.Collections.Immutable;
using Fleet.Core.Promotions.Actions;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>Does what a round of a promotion has decided, in all regions at the same time.</summary>
internal sealed class PromotionExecutor(PromotionPorts ports, PromotionMemory memory, TimeProvider time)
{
    /// <summary>Does it; what is refused is remembered, and told once.</summary>
    /// <returns>What came of it, for the journal.</returns>
    public async Task<IReadOnlyList<JournalEntry>> MakeAsync(ImmutableArray<PromotionAction> actions, PromotionSpec spec, CancellationToken cancellationToken)
    {
        var before = memory.Failures;
        var failures = await Task.WhenAll(actions.Select(action => TryAsync(action, spec, cancellationToken))).ConfigureAwait(false);
        memory.Failures = [.. failures.OfType<string>()];
        if (memory.Failures.IsEmpty && actions.Length > 0)
        {
            memory.Shared |= actions.All(action => action is ShareImage);
            memory.Named |= actions.All(action => action is NameImage);
        }

        return [.. actions.Zip(failures).Where(one => one.Second is not null && !before.Contains(one.Second)).Select(one => new JournalEntry(time.GetUtcNow(), "answer", one.First.Subject, one.Second!))];
    }

    private async Task<string?> TryAsync(PromotionAction action, PromotionSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            await MakeAsync(action, spec, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (CloudRefusedException refused)
        {
            return $"{action.Subject}: {refused.Message}";
        }
    }

    private async Task MakeAsync(PromotionAction action, PromotionSpec spec, CancellationToken cancellationToken)
    {
        if (action is ChangeImage(var image, var from))
        {
            await ports.Images.PutImageAsync(image, from, cancellationToken).ConfigureAwait(false);
            return;
        }

        var catalog = await memory.AtAsync(ports.Catalogs, spec.Recipe, action.Subject, cancellationToken).ConfigureAwait(false);
        switch (action)
        {
            case CopyImage(_, var order):
                await catalog.CopyAsync(order, cancellationToken).ConfigureAwait(false);
                break;
            case RemoveCopy(var copy):
                await catalog.DeregisterAsync(copy.Id, copy.Snapshots, cancellationToken).ConfigureAwait(false);
                break;
            case ShareImage(var copy, var accounts, var tags):
                await catalog.TagAsync([copy.ImageId, .. copy.Snapshots], tags, cancellationToken).ConfigureAwait(false);
                await catalog.ShareAsync(copy.ImageId, accounts, cancellationToken).ConfigureAwait(false);
                break;
            case NameImage(_, var id, var names):
                foreach (var name in names)
                {
                    await catalog.PutParameterAsync(name, id, cancellationToken).ConfigureAwait(false);
                }

                break;
            default:
                throw new InvalidOperationException($"nothing does {action.GetType().Name}");
        }
    }
}
