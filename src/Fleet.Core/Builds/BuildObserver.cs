using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Keys;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>Looks at what a stage of a build needs to know, and at nothing else.</summary>
internal sealed class BuildObserver(BuildPorts ports, BuildMemory memory, TimeProvider wall)
{
    /// <summary>A look that takes longer, as a clone of a large repository may, goes on while the lease is renewed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly BuildResolver _resolver = new(ports);

    public async Task<BuildObservation> ObserveAsync(Run run, BuildSpec spec, BuildState state, CancellationToken cancellationToken)
    {
        if (state.Stage == BuildStage.Resolving)
        {
            return new() { Resolution = await ResolutionAsync(run, spec, cancellationToken).ConfigureAwait(false) };
        }

        var source = state.Source!;
        var build = memory.Build;
        var result = build is { Completion: { IsCompleted: true } ended } ? await ended.ConfigureAwait(false) : null;
        var seen = new BuildObservation
        {
            Started = build is not null,
            Result = result,
            RequiresTokens = memory.RequiresTokens,
            Failures = memory.Failures,
        };
        if (state.Stage == BuildStage.Building)
        {
            seen = result is null ? seen : seen with
            {
                TemplateChanged = result.Succeeded && await IsChangedAsync(spec, source, cancellationToken).ConfigureAwait(false),
                Image = result.Succeeded ? null : await ports.Cloud.NamedAsync(source.ImageName, cancellationToken).ConfigureAwait(false),
            };

            // Last, since it is heard once: what is looked up before may not answer.
            return seen with { Heard = build is null ? [] : [.. build.Heard()] };
        }

        seen = seen with
        {
            Record = await RecordAsync(source, spec, cancellationToken).ConfigureAwait(false),
            Image = await ports.Cloud.NamedAsync(source.ImageName, cancellationToken).ConfigureAwait(false),
            Leftovers = await ports.Cloud.LeftoversAsync(run.Id, state.Groups, cancellationToken).ConfigureAwait(false),
        };

        // Last, as above.
        (var step, memory.Proof) = (memory.Proof, null);
        return seen with { Launched = memory.Instance, Proof = step };
    }

    private async Task<BuildResolution?> ResolutionAsync(Run run, BuildSpec spec, CancellationToken cancellationToken)
    {
        var looking = memory.Resolving ??= ResolveAsync(run, spec, cancellationToken);
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(looking, Task.Delay(Patience, wall, waits.Token)).ConfigureAwait(false);
        await waits.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!looking.IsCompleted)
        {
            return null;
        }

        // A look that failed is made anew.
        memory.Resolving = null;
        return await looking.ConfigureAwait(false);
    }

    private async Task<BuildResolution> ResolveAsync(Run run, BuildSpec spec, CancellationToken cancellationToken)
    {
        var found = await _resolver.ResolveAsync(spec.Recipe, run.Id, cancellationToken).ConfigureAwait(false);
        if (found.IsElsewhere || (found.Existing is not null && !spec.Again))
        {
            return found;
        }

        found = found with { Keys = await new KeyChecks(ports.Keys).CheckAsync(spec.Recipe, cancellationToken).ConfigureAwait(false) };
        if (found is not { Errors.IsEmpty: true, Source: { } source, Folder: { } folder })
        {
            return found;
        }

        if (source.Digest != spec.Accepted)
        {
            var order = _resolver.Order(spec.Recipe, source, folder, run.Id);
            found = found with { Errors = (await new TemplateChecks(ports).CheckAsync(order, cancellationToken).ConfigureAwait(false)).Errors };
        }

        return spec.Recipe.Proof is null || !found.Errors.IsEmpty ? found : found with { Source = source with { Templates = await new ProofTemplates(ports).OfAsync(spec, source, folder, run.Id, cancellationToken).ConfigureAwait(false) } };
    }

    private async Task<ImageRecord?> RecordAsync(BuildSource source, BuildSpec spec, CancellationToken cancellationToken) =>
        (await ports.Images.ImagesAsync(spec.Recipe.Name, cancellationToken).ConfigureAwait(false)).FirstOrDefault(image => image.Version == source.Version);

    private async Task<bool> IsChangedAsync(BuildSpec spec, BuildSource source, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await ports.Templates.OpenAsync(spec.Recipe.Template, cancellationToken).ConfigureAwait(false);
            return BuildResolver.Digest(spec.Recipe, source.KubernetesVersion, source.BaseImage, folder) != source.Digest;
        }
        catch (TemplateFolderException)
        {
            return true;
        }
    }
}
