using System.Text.Json;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Tests.Images.Proof;

public sealed class ProverTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);

    private DateTimeOffset _now = Start;

    [Fact]
    public async Task A_good_image_passes_each_check_once()
    {
        var instance = new ScriptedInstance();
        var end = await DriveAsync(ScriptedInstance.Order, instance);
        end.Phase.ShouldBe(ProofPhase.Passed);
        end.Verdicts.Select(verdict => verdict.Check).ShouldBe(ScriptedInstance.Healthy.Keys);
        instance.Sent.Select(script => script.Remark).ShouldBe(ScriptedInstance.Healthy.Keys.Select(check => $"fleet {ScriptedInstance.Order.Run} {check}"));
    }

    [Fact]
    public async Task All_that_is_wrong_is_found_in_one_proof_with_its_cure()
    {
        var instance = new ScriptedInstance
        {
            Answers = { ["kubelet"] = Said("Kubernetes v1.32.0\n"), ["swap"] = Said("in use: /swapfile\n"), ["disk"] = new ScriptResult(ScriptEnd.Exited, 127, "", "df: command not found\n") },
        };
        var end = await DriveAsync(ScriptedInstance.Order, instance);
        end.Phase.ShouldBe(ProofPhase.Failed);
        end.Verdicts.Length.ShouldBe(ScriptedInstance.Healthy.Count);
        ProofReasons.Of("worker/4f2a90c31b7d", end).Select(reason => reason.Sentence).ShouldBe(
        [
            "worker/4f2a90c31b7d: kubelet: 1.32.0; expected 1.33.2",
            "worker/4f2a90c31b7d: swap: swap: in use: /swapfile; expected no swap",
            "worker/4f2a90c31b7d: disk: exit code 127: df: command not found; expected a script that ends with 0",
        ]);
        ProofReasons.Of("worker/4f2a90c31b7d", end).ShouldAllBe(reason => reason.Cure != null);
    }

    [Fact]
    public async Task A_lost_answer_is_found_again_by_its_remark()
    {
        var instance = new ScriptedInstance { LoseNextAnswer = true };
        var state = (await StepAsync(ScriptedInstance.Order, Prover.Begin(_now), instance)).State;
        await Should.ThrowAsync<TimeoutException>(() => StepAsync(ScriptedInstance.Order, state, instance));
        var end = await DriveAsync(ScriptedInstance.Order, instance, state);
        end.Phase.ShouldBe(ProofPhase.Passed);
        instance.Sent.Count.ShouldBe(ScriptedInstance.Healthy.Count);
    }

    [Fact]
    public async Task Whoever_is_killed_after_any_step_leaves_a_proof_that_another_ends_without_sending_twice()
    {
        var whole = new ScriptedInstance();
        await DriveAsync(ScriptedInstance.Order, whole);
        for (var killed = 0; killed < 4 * ScriptedInstance.Healthy.Count; killed++)
        {
            var instance = new ScriptedInstance();
            var state = Prover.Begin(_now);
            for (var step = 0; step < killed && !state.Ended; step++)
            {
                state = (await StepAsync(ScriptedInstance.Order, state, instance)).State;
            }

            // The step was done, and its state was not recorded.
            await StepAsync(ScriptedInstance.Order, state, instance);
            var end = await DriveAsync(ScriptedInstance.Order, instance, state);
            end.Phase.ShouldBe(ProofPhase.Passed);
            instance.Sent.Select(script => script.Remark).ShouldBe(whole.Sent.Select(script => script.Remark), $"killed after step {killed}");
        }
    }

    [Fact]
    public async Task A_recipes_checks_scan_and_bill_of_materials_count()
    {
        var order = ScriptedInstance.Order with
        {
            Checks = [new RecipeCheck("java", "java -version", TimeSpan.FromMinutes(5))],
            Scan = new RecipeCheck("weaknesses", "scan /", TimeSpan.FromMinutes(20)),
            Sbom = new RecipeCheck("spdx", "list", TimeSpan.FromMinutes(5)),
        };
        var instance = new ScriptedInstance { Answers = { ["scan-weaknesses"] = new ScriptResult(ScriptEnd.Exited, 3, "", "one critical\n"), ["sbom-spdx"] = Said("{}") } };
        var end = await DriveAsync(order, instance);
        end.Phase.ShouldBe(ProofPhase.Failed);
        end.Verdicts.Where(verdict => verdict.Kind != ProofKind.Fleet).Select(verdict => (verdict.Check, verdict.Finding.Passed, verdict.Finding.Found)).ShouldBe(
            [("recipe-java", true, "exit code 0"), ("scan-weaknesses", false, "exit code 3: one critical"), ("sbom-spdx", true, "2 characters")]);
        end.Verdicts.Single(verdict => verdict.Kind == ProofKind.Sbom).Output.ShouldBe("{}");
    }

    [Fact]
    public async Task An_instance_that_never_reports_fails_the_proof()
    {
        var end = await DriveAsync(ScriptedInstance.Order, new ScriptedInstance { Reachable = false });
        (end.Phase, end.Verdicts.ShouldHaveSingleItem().Finding.Found).ShouldBe((ProofPhase.Failed, "no word from i-0123456789abcdef0 for 10 min"));
        _now.ShouldBeLessThan(Start + TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task A_script_that_never_ends_is_cancelled_and_judged()
    {
        var instance = new ScriptedInstance { Hangs = true };
        var end = await DriveAsync(ScriptedInstance.Order, instance);
        end.Phase.ShouldBe(ProofPhase.Failed);
        end.Verdicts.ShouldAllBe(verdict => verdict.Finding.Found == "the script ran longer than it may");
        instance.Cancelled.Count.ShouldBe(ScriptedInstance.Healthy.Count);
    }

    [Fact]
    public async Task A_command_that_the_service_forgot_is_sent_again()
    {
        var instance = new ScriptedInstance { Forgets = true };
        var state = (await StepAsync(ScriptedInstance.Order, Prover.Begin(_now), instance)).State;
        while (instance.Sent.Count < 2)
        {
            state = (await StepAsync(ScriptedInstance.Order, state, instance)).State;
        }

        instance.Sent[1].ShouldBe(instance.Sent[0]);
        _now.ShouldBeGreaterThan(Start + TimeSpan.FromMinutes(2));
        instance.Forgets = false;
        (await DriveAsync(ScriptedInstance.Order, instance, state)).Phase.ShouldBe(ProofPhase.Passed);
    }

    [Fact]
    public async Task Cancelling_ends_the_script_that_is_with_the_instance()
    {
        var instance = new ScriptedInstance();
        var state = (await StepAsync(ScriptedInstance.Order, (await StepAsync(ScriptedInstance.Order, Prover.Begin(_now), instance)).State, instance)).State;
        state = await Prover.CancelAsync(state, instance, default);
        (state.Phase, instance.Cancelled.ShouldHaveSingleItem()).ShouldBe((ProofPhase.Cancelled, "command-1"));
        (await Prover.CancelAsync(state, instance, default)).ShouldBe(state);
    }

    private static ScriptResult Said(string output) => new(ScriptEnd.Exited, 0, output, "");

    private async Task<ProofState> DriveAsync(ProofOrder order, ScriptedInstance instance, ProofState? from = null)
    {
        var state = from ?? Prover.Begin(_now);
        for (var steps = 0; !state.Ended; steps++)
        {
            steps.ShouldBeLessThan(5000);
            var step = await StepAsync(order, state, instance);

            // What a run keeps is JSON.
            state = JsonSerializer.Deserialize<ProofState>(JsonSerializer.Serialize(step.State))!;
        }

        return state;
    }

    private async Task<ProofStep> StepAsync(ProofOrder order, ProofState state, ScriptedInstance instance)
    {
        var step = await Prover.StepAsync(order, state, instance, _now, default);
        _now += step.Again;
        return step;
    }
}
