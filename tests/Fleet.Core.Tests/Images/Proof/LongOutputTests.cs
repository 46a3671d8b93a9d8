using System.Text.Json;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Tests.Images.Proof;

/// <summary>Scripts that say more than one command returns.</summary>
public sealed class LongOutputTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);

    private static readonly ProofOrder Order = ScriptedInstance.Order with
    {
        Scan = new RecipeCheck("trivy", "trivy rootfs /", TimeSpan.FromMinutes(20)),
        Sbom = new RecipeCheck("syft", "syft /", TimeSpan.FromMinutes(5)),
    };

    [Fact]
    public async Task A_long_output_is_fetched_in_pieces_and_judged_and_kept_whole()
    {
        var instance = new ScriptedInstance { Answers = { ["scan-trivy"] = Said(Text(60_000), code: 3, errors: $"{Text(20_000)}\n7 are critical\n"), ["sbom-syft"] = Said(Text(200_000)) } };

        var end = await DriveAsync(instance);

        var (scan, bill) = (end.Verdicts[^2], end.Verdicts[^1]);
        (scan.Finding.Found, scan.Output, scan.Errors[^16..]).ShouldBe(("exit code 3: 7 are critical", Text(60_000), "\n7 are critical\n"));
        (bill.Finding.Passed, bill.Finding.Found, bill.Output).ShouldBe((true, "200000 characters", Text(200_000)));
        instance.Sent.Count(sent => sent.Remark.Contains(" sbom-syft")).ShouldBeGreaterThan(4);
        instance.Sent.Select(sent => sent.Remark).ShouldBeUnique();
        end.Output.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_is_killed_between_two_pieces_leaves_a_proof_that_another_ends_without_sending_twice()
    {
        var instance = new ScriptedInstance { Answers = { ["sbom-syft"] = Said(Text(100_000)) } };

        // Each step is done twice, as by one who died before he recorded it, and by his successor.
        var end = await DriveAsync(instance, twice: true);

        (end.Phase, end.Verdicts[^1].Output).ShouldBe((ProofPhase.Passed, Text(100_000)));
        instance.Sent.Select(sent => sent.Remark).ShouldBeUnique();
    }

    [Fact]
    public async Task What_is_beyond_the_limit_is_told_and_a_bill_of_materials_that_is_cut_is_none()
    {
        var instance = new ScriptedInstance { Answers = { ["scan-trivy"] = Said(new string('s', ProofOutput.MostOutput + 7)), ["sbom-syft"] = Said(new string('b', ProofOutput.MostOutput + 9)) } };

        var end = await DriveAsync(instance);

        end.Verdicts[^2].Finding.Passed.ShouldBeTrue();
        end.Verdicts[^2].Output.ShouldEndWith("s\n… and 7 bytes more, which are not kept: the first 1048576 are\n");
        (end.Verdicts[^1].Finding.Found, end.Verdicts[^1].Finding.Expected).ShouldBe(("9 bytes more than are kept", "a bill of materials of at most 1048576 bytes"));
    }

    [Theory]
    [InlineData(ScriptEnd.Exited, 1, "", "the piece from character 22000 on: exit code 1")]
    [InlineData(ScriptEnd.Exited, 0, "", "the piece from character 22000 on: exit code 0")]
    [InlineData(ScriptEnd.Undelivered, -1, "", "the piece from character 22000 on: Undelivered")]
    [InlineData(ScriptEnd.Exited, 0, "!", "The input is not a valid Base-64 string")]
    public async Task A_piece_that_cannot_be_fetched_or_is_another_fails_the_check(ScriptEnd ended, int code, string output, string why)
    {
        var instance = new ScriptedInstance { Answers = { ["sbom-syft"] = Said(Text(100_000)) }, Pieces = offset => offset == 22_000 ? new ScriptResult(ended, code, output == "" ? "" : new string('!', 22_000), "") : null };

        var finding = (await DriveAsync(instance)).Verdicts[^1].Finding;

        finding.Passed.ShouldBeFalse();
        finding.Found.ShouldStartWith($"what the script said could not be fetched whole: {why}");
    }

    [Fact]
    public async Task Pieces_of_another_output_are_not_taken_for_it()
    {
        var other = PackedOutput.Of(Said(Text(100_000, seed: 8)));
        var instance = new ScriptedInstance { Answers = { ["sbom-syft"] = Said(Text(100_000)) }, Pieces = offset => offset == 22_000 ? new ScriptResult(ScriptEnd.Exited, 0, other.From(offset), "") : null };

        var end = await DriveAsync(instance);

        (end.Phase, end.Verdicts[^1].Finding.Passed, end.Verdicts[^1].Output).ShouldBe((ProofPhase.Failed, false, ""));
    }

    private static ScriptResult Said(string output, int code = 0, string errors = "") => new(ScriptEnd.Exited, code, output, errors);

    /// <summary>What hardly gets shorter by being packed.</summary>
    private static string Text(int length, int seed = 7)
    {
        var chance = new Random(seed);
        return string.Create(length, chance, (text, chances) => chances.GetItems("abcdefghijklmnopqrstuvwxyz0123456789", text));
    }

    private static async Task<ProofState> DriveAsync(ScriptedInstance instance, bool twice = false)
    {
        var (state, now) = (Prover.Begin(Start), Start);
        while (!state.Ended)
        {
            now.ShouldBeLessThan(Start + TimeSpan.FromHours(2));
            var kept = JsonSerializer.Serialize(state);
            if (twice)
            {
                await Prover.StepAsync(Order, state, instance, now, default);
            }

            var step = await Prover.StepAsync(Order, JsonSerializer.Deserialize<ProofState>(kept)!, instance, now, default);
            (state, now) = (step.State, now + step.Again);
        }

        return state;
    }
}
