using Fleet.Core.Builds.Actions;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>Does what a round of a build has decided.</summary>
internal sealed class BuildExecutor(BuildPorts ports, BuildMemory memory, TimeProvider time)
{
    private readonly BuildResolver _resolver = new(ports);

    /// <summary>Does it, in order; what is refused is remembered and ends the rest.</summary>
    /// <returns>What came of it, for the journal.</returns>
    public async Task<IReadOnlyList<JournalEntry>> MakeAsync(IEnumerable<BuildAction> actions, Run run, BuildSpec spec, BuildState state, CancellationToken cancellationToken)
    {
        var answers = new List<JournalEntry>();
        var before = memory.Failures;
        memory.Failures = [];
        foreach (var action in actions)
        {
            try
            {
                await MakeAsync(action, run, spec, state, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception refused) when (refused is CloudRefusedException or TemplateFolderException)
            {
                memory.Failures = [BuildFailure.Of(refused)];
                if (!before.Any(failure => failure.Message == refused.Message))
                {
                    answers.Add(new JournalEntry(time.GetUtcNow(), "answer", action.Subject, $"{action.Text}: {refused.Message}"));
                }

                break;
            }
        }

        return answers;
    }

    private async Task MakeAsync(BuildAction action, Run run, BuildSpec spec, BuildState state, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case RecordImage(var image):
                await ports.Images.AddImageAsync(image, cancellationToken).ConfigureAwait(false);
                break;
            case ChangeRecord(var image, var from):
                await ports.Images.PutImageAsync(image, from, cancellationToken).ConfigureAwait(false);
                break;
            case StartBuild:
                await StartAsync(run, spec, state.Source!, cancellationToken).ConfigureAwait(false);
                break;
            case StopBuild:
                memory.Build?.Cancel();
                break;
            case RemoveLeftovers(var leftovers):
                await ports.Cloud.RemoveAsync(leftovers, cancellationToken).ConfigureAwait(false);
                break;
            case RemoveImage(var image):
                await ports.Cloud.RemoveAsync(image, cancellationToken).ConfigureAwait(false);
                break;
            case RequireTokens(var image):
                await ports.Cloud.RequireTokensAsync(image, cancellationToken).ConfigureAwait(false);
                memory.RequiresTokens = true;
                break;
            case LaunchInstance(var order):
                memory.Instance = await ports.Cloud.LaunchAsync(order, cancellationToken).ConfigureAwait(false);
                break;
            case ProveStep(var order, _):
                memory.Proof = await Prover.StepAsync(order, state.Proving!.State!, ports.Scripts, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw new InvalidOperationException($"nothing does {action.GetType().Name}");
        }
    }

    private async Task StartAsync(Run run, BuildSpec spec, BuildSource source, CancellationToken cancellationToken)
    {
        var folder = await ports.Templates.OpenAsync(spec.Recipe.Template, cancellationToken).ConfigureAwait(false);

        // A role that may not be assumed is told before anything starts; the builder asks for itself.
        await ports.Cloud.CredentialsAsync(cancellationToken).ConfigureAwait(false);
        if (memory.Build is { } before)
        {
            memory.Build = null;
            await before.DisposeAsync().ConfigureAwait(false);
        }

        memory.Build = ports.Builder.Start(_resolver.Order(spec.Recipe, source, folder, run.Id, ports.Cloud.CredentialsAsync));
    }
}
