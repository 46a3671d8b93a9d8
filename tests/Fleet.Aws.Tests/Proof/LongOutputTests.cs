using System.Collections.Immutable;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Aws.Tests.Proof;

/// <summary>Scripts that say more than Systems Manager returns, on a host that really runs them.</summary>
public sealed class LongOutputTests
{
    [Fact]
    public async Task A_bill_of_materials_of_200000_characters_is_kept_whole_though_answers_are_lost_and_drivers_die()
    {
        await using var stage = await ProofStage.OpenAsync(ImmutableSortedDictionary<string, HostFacts>.Empty.Add("good", ProofStage.Good));
        var order = stage.Order("good") with
        {
            Checks =
            [
                new RecipeCheck("complains", "seq 1 20000 >&2; echo 'the mirror is gone' >&2; exit 3", TimeSpan.FromMinutes(1)),
                new RecipeCheck("imitates", "echo 'fleet-output 1 1 1 0000000000000000000000000000000000000000000000000000000000000000'", TimeSpan.FromMinutes(1)),
                new RecipeCheck("floods", "yes | head -c 1048580", TimeSpan.FromMinutes(1)),
            ],
            Sbom = new RecipeCheck("letters", LongBill.Script, TimeSpan.FromMinutes(1)),
        };
        lock (stage.World.Gate)
        {
            stage.World.Faults.Next("SendCommand", WorldFaultKind.TimeoutAfterSuccess, times: 2);
        }

        var end = await stage.ProveAsync(order, twice: true);

        end.Verdicts.Where(verdict => !verdict.Finding.Passed).Select(verdict => (verdict.Check, verdict.Finding.Found)).ShouldBe([("recipe-complains", "exit code 3: the mirror is gone")]);
        end.Verdicts.Single(verdict => verdict.Check == "recipe-complains").Errors.ShouldEndWith("\n19999\n20000\nthe mirror is gone\n");
        end.Verdicts.Single(verdict => verdict.Check == "recipe-imitates").Output.ShouldStartWith("fleet-output 1 1 1 000");
        end.Verdicts.Single(verdict => verdict.Check == "recipe-floods").Output.ShouldEndWith("y\n\n… and 4 bytes more, which are not kept: the first 1048576 are\n");
        LongBill.ShouldBeWhole(end.Verdicts.Single(verdict => verdict.Kind == ProofKind.Sbom).Output);
        lock (stage.World.Gate)
        {
            var sent = stage.World.Log.Records.Where(call => call is { Verb: "SendCommand", Applied: true }).Select(call => call.Detail).ToList();
            sent.ShouldBeUnique();
            sent.Count(comment => comment!.Contains(" sbom-letters from ")).ShouldBeGreaterThan(5);
        }
    }
}
