using Fleet.Core.Builds;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;

namespace Fleet.Core.Tests.Builds;

/// <summary>What only a template's variable files and defaults say counts in a proof as what a recipe says.</summary>
public sealed class ProofTemplateTests
{
    private static readonly RecipeSpec Worker = Workshop.Proved with { Checks = [], Proof = new RecipeProof { InstanceProfile = "fleet-proof" } };

    private static readonly RecipeSpec Spark = Worker with { Name = "spark", Base = null, Parent = "worker", KubernetesVersion = null };

    [Fact]
    public async Task An_image_is_held_to_the_values_of_the_templates_variable_files_and_defaults()
    {
        var stage = Stage(["containerd", """{"version": "9.9.9", "url": "https://mirror.example/c"}"""], ["root_volume_size", "\"30\""], ["kernel_modules", """["overlay", "ip_vs"]"""]);

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.Select(reason => (reason.Value, reason.Limit)).ShouldBe([("1.7.27", "9.9.9"), ("20 GiB", "30 GiB")]);
        stage.Scripts.Sent.Single(sent => sent.Remark == "fleet run-1 modules").Text.ShouldContain(Convert.ToBase64String("for module in overlay ip_vs; do"u8)[..40]);
    }

    [Fact]
    public async Task The_recipe_itself_counts_before_its_template()
    {
        var stage = new Workshop(Worker with { Variables = Said(["containerd", """{"version": "1.7.27"}"""]) });
        stage.Builder.VariablesOf[Worker.Name] = Said(["containerd", """{"version": "9.9.9"}"""]);

        (await stage.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task The_instance_that_proves_is_launched_where_the_template_builds()
    {
        var stage = Stage(["instance_type", "\"c7i.large\""], ["subnet_id", "\"subnet-0fedcba9876543210\""], ["security_group_ids", """["sg-0123456789abcdef0"]"""]);

        (await stage.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);

        var (order, _) = stage.World.Launched.Values.Single();
        (order.InstanceType, order.Subnet, order.SecurityGroups.Single()).ShouldBe(("c7i.large", "subnet-0fedcba9876543210", "sg-0123456789abcdef0"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_derived_image_is_held_to_its_parents_template_as_long_as_that_is_the_one_that_the_parent_was_made_from(bool changed)
    {
        var parent = Stage(["containerd", """{"version": "1.7.27"}"""], ["root_volume_size", "\"20\""]);
        (await parent.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);
        if (changed)
        {
            parent.World.Files = [new("worker.pkr.hcl", new string('b', 64), Executable: false)];
        }

        var builder = new ScriptedBuilder(parent.World) { VariablesOf = { ["worker"] = Said(["containerd", """{"version": "9.9.9"}"""], ["root_volume_size", "\"99\""], ["instance_type", "\"m7i.large\""]), ["spark"] = Said(["root_volume_size", "\"20\""]) } };
        var derived = new Workshop(Spark) { World = parent.World, Store = parent.Store, Builder = builder, RunId = "run-2", Spec = new BuildSpec { Recipe = Spark, Ancestors = [Worker] } };

        var run = await derived.DriveAsync();

        // The size is the derived template's own, and the type of machine that the parent was built on is nobody's concern.
        run.Reasons.Select(reason => (reason.Value, reason.Limit)).ShouldBe(changed ? [] : [("1.7.27", "9.9.9")]);
        run.Phase.ShouldBe(changed ? RunPhase.Succeeded : RunPhase.Failed);
        derived.World.Launched["run-2-proof"].Order.InstanceType.ShouldBe("m6i.large");
    }

    private static Workshop Stage(params string[][] said)
    {
        var stage = new Workshop(Worker);
        stage.Builder.VariablesOf[Worker.Name] = Said(said);
        return stage;
    }

    private static Dictionary<string, string> Said(params string[][] said) => said.ToDictionary(pair => pair[0], pair => pair[1]);
}
