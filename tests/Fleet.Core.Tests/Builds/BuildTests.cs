using System.Text.RegularExpressions;
using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Images.Keys;

namespace Fleet.Core.Tests.Builds;

/// <summary>Builds as runs, with a scripted builder; `FLEET_GOLDENS=write` writes the narratives anew.</summary>
public sealed partial class BuildTests
{
    [Fact]
    public async Task A_build_tells_each_step_before_it_happens()
    {
        var stage = new Workshop();

        var run = await stage.DriveAsync();

        await GoldenAsync("plain", stage, run, RunPhase.Succeeded);
    }

    [Fact]
    public async Task A_build_that_fails_leaves_nothing_and_says_why_in_the_builders_words()
    {
        var stage = new Workshop(fails: "Provisioning");

        var run = await stage.DriveAsync();

        run.Reasons.ShouldHaveSingleItem().Sentence.ShouldBe("packer ended with 1: Provisioning with shell script failed");
        await GoldenAsync("failed", stage, run, RunPhase.Failed);
    }

    [Fact]
    public async Task A_cancelled_build_stops_its_builder_and_removes_what_that_has_made()
    {
        var stage = new Workshop();

        var run = await stage.DriveAsync(look: AskAt("Provisioning", RunRequest.Cancel));

        await GoldenAsync("cancelled", stage, run, RunPhase.Cancelled);
    }

    [Fact]
    public async Task The_same_source_is_not_built_twice_unless_asked_to()
    {
        var first = new Workshop();
        await first.DriveAsync();
        var second = new Workshop { Store = first.Store, RunId = "run-2" };

        (await second.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);

        second.Builder.Started.ShouldBe(0);
        (await second.RecordsAsync()).Count.ShouldBe(1);
        (await second.NarrativeAsync()).ShouldContain("was made from the same source: nothing to do");

        var again = new Workshop(again: true) { Store = first.Store, RunId = "run-3" };
        var run = await again.DriveAsync();

        (await again.WrongAsync(run)).ShouldBeEmpty();
        (await again.RecordsAsync()).Select(image => image.Version).Last().ShouldBe($"{(await again.RecordsAsync())[0].Version}-2");
    }

    [Fact]
    public async Task What_is_missing_is_refused_before_anything_starts_and_all_at_once()
    {
        var stage = new Workshop(Workshop.Worker with { Base = new BaseImage { Owners = ["999999999999"], Name = "debian-*" }, Template = new RecipeTemplate { Folder = "wroker" } });

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.Select(reason => reason.Code).ShouldBe(["owner-not-allowed", "template-missing"]);
        stage.Builder.Started.ShouldBe(0);
        (await stage.RecordsAsync()).ShouldBeEmpty();
    }

    /// <summary>A version that could not be published later is not worth a build.</summary>
    [Fact]
    public async Task A_key_that_copies_or_launches_would_fail_at_is_refused_before_the_builder_starts()
    {
        string[] regions = ["eu-central-1", "eu-west-1"];
        var stage = new Workshop(Workshop.Worker with { Regions = [.. regions], KmsKeys = regions.ToDictionary(region => region, _ => WorldKeys.Alias), Template = new RecipeTemplate { Folder = "wroker" } });
        WorldKeys.Put(stage.Region, "eu-central-1", [BuildWorld.Account]);

        var (plan, errors) = await new BuildPreflight(stage.Ports).CheckAsync(stage.Recipe, again: false, CancellationToken.None);
        var run = await stage.DriveAsync();

        plan.ShouldBeNull();
        errors.Select(error => (error.Code, error.Field)).ShouldBe([("template-missing", "spec.template"), ("kms-key-missing", "spec.kmsKeys.eu-west-1")]);
        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.Select(reason => reason.Code).ShouldBe(["template-missing", "kms-key-missing"]);
        stage.Builder.Started.ShouldBe(0);
        (await stage.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_may_not_be_read_is_noted_in_plan_and_journal()
    {
        var stage = new Workshop(Workshop.Worker with { KmsKeys = new Dictionary<string, string> { ["eu-central-1"] = WorldKeys.Alias } });
        var key = WorldKeys.Put(stage.Region, "eu-central-1", []);
        stage.Region.Faults.Deny("ListGrants");

        var (plan, errors) = await new BuildPreflight(stage.Ports).CheckAsync(stage.Recipe, again: false, CancellationToken.None);
        var run = await stage.DriveAsync();

        errors.ShouldBeEmpty();
        plan!.Keys.ShouldHaveSingleItem().Arn.ShouldBe($"arn:aws:kms:eu-central-1:{BuildWorld.Account}:key/{key.Id}");
        plan.Note.ShouldNotBeNull().ShouldContain("kms:ListGrants would tell");
        run.Phase.ShouldBe(RunPhase.Succeeded);
        (await stage.NarrativeAsync()).ShouldContain("kms:ListGrants would tell");
    }

    [Fact]
    public async Task A_template_that_the_builder_refuses_is_not_built()
    {
        var world = new Workshop();
        var stage = new Workshop { Builder = new ScriptedBuilder(world.World) { Refuses = [InputError.Argument("template-refused", "spec.template", null, null, "packer refuses worker.pkr.hcl, line 3: no such argument")] } };

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.ShouldHaveSingleItem().Sentence.ShouldContain("worker.pkr.hcl, line 3");
        (await stage.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Kubernetes_version_that_the_package_repository_does_not_have_is_refused_before_anything_starts()
    {
        var stage = AtRepository();
        stage.World.Packages = new[] { "1.33.9-1.1", "1.33.10-1.1", "1.33.1-1.1", "1.33.2-1.1" }.SelectMany(version => new[] { ("kubeadm", version), ("kubelet", version) }).Append(("kubectl", "1.33.1-1.1")).ToLookup(pair => pair.Item1, pair => pair.Item2);

        var (plan, errors) = await new BuildPreflight(stage.Ports).CheckAsync(stage.Recipe, again: false, CancellationToken.None);
        var run = await stage.DriveAsync();

        plan.ShouldBeNull();
        var error = errors.ShouldHaveSingleItem();
        (error.Code, error.Field).ShouldBe(("version-missing", "spec.kubernetesVersion"));
        error.Message.ShouldBe("the repository https://pkgs.example/v1.33/deb has no kubectl 1.33.2-1.1; it has: 1.33.1-1.1");
        (run.Phase, run.Reasons.Single().Sentence).ShouldBe((RunPhase.Failed, error.Message));
        stage.Builder.Started.ShouldBe(0);
        stage.World.Packages = new[] { ("kubeadm", "1.33.10-1.1"), ("kubeadm", "1.33.9-1.1") }.ToLookup(pair => pair.Item1, pair => pair.Item2);
        (await new BuildPreflight(stage.Ports).CheckAsync(stage.Recipe, again: true, CancellationToken.None)).Errors.Select(one => one.Message)
            .ShouldBe(["the repository https://pkgs.example/v1.33/deb has no kubeadm 1.33.2-1.1; it has: 1.33.9-1.1, 1.33.10-1.1", .. new[] { "kubectl", "kubelet" }.Select(package => $"the repository https://pkgs.example/v1.33/deb has no {package} 1.33.2-1.1; it has: none: the repository does not have the package")]);
    }

    [Fact]
    public async Task A_repository_that_only_the_builders_subnet_may_reach_holds_nothing_up_and_is_noted()
    {
        var stage = AtRepository();

        var (plan, errors) = await new BuildPreflight(stage.Ports).CheckAsync(stage.Recipe, again: false, CancellationToken.None);

        errors.ShouldBeEmpty();
        plan!.Note.ShouldBe("whether https://pkgs.example/v1.33/deb has version 1.33.2-1.1 of kubeadm, kubectl, kubelet is not known: it answers 503");
        (await stage.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);
    }

    [Fact]
    public async Task A_derived_recipe_starts_from_its_parents_newest_image()
    {
        var worker = new Workshop();
        await worker.DriveAsync();
        var parent = (await worker.RecordsAsync()).Single();
        var spark = Workshop.Worker with { Name = "spark", Base = null, Parent = "worker", KubernetesVersion = null };
        var stage = new Workshop(spark) { Store = worker.Store, RunId = "run-2" };
        stage.World.Images[parent.Copies[0].ImageId] = worker.World.Own.Single();

        (await stage.DriveAsync()).Phase.ShouldBe(RunPhase.Succeeded);

        var image = (await stage.RecordsAsync()).Single();
        (image.Parent, image.BaseImage, image.KubernetesVersion).ShouldBe((new ParentVersion("worker", parent.Version), parent.Copies[0].ImageId, "1.33.2"));
    }

    [Fact]
    public async Task A_template_that_changes_while_it_is_built_makes_no_image()
    {
        var stage = new Workshop();

        var run = await stage.DriveAsync(look: (at, _) =>
        {
            at.World.Files = at.World.Images.Count > 1 ? [new("worker.pkr.hcl", new string('b', 64), Executable: false)] : at.World.Files;
            return Task.CompletedTask;
        });

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.Single().Sentence.ShouldContain("template changed");
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_ones_image_of_the_same_name_is_not_touched()
    {
        var stage = new Workshop();
        var resolved = await new BuildResolver(stage.Ports).ResolveAsync(stage.Recipe, null, CancellationToken.None);
        stage.World.Images["ami-theirs"] = BuildWorld.Base with { Id = "ami-theirs", Owner = BuildWorld.Account, Name = resolved.Source!.ImageName };

        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.Single().Code.ShouldBe("image-name-taken");
        stage.World.Images.ShouldContainKey("ami-theirs");
        stage.Builder.Started.ShouldBe(0);
    }

    [Fact]
    public async Task A_pause_waits_for_the_builder_and_a_resumed_run_goes_on_behind_it()
    {
        var stage = new Workshop();

        var paused = await stage.DriveAsync(look: AskAt("Provisioning", RunRequest.Pause));
        paused.Phase.ShouldBe(RunPhase.Paused);
        stage.World.Own.ShouldHaveSingleItem();
        await stage.Store.RequestAsync(stage.RunId, RunRequest.Resume, CancellationToken.None);
        var run = await stage.DriveAsync();

        run.Phase.ShouldBe(RunPhase.Succeeded);
        stage.Builder.Started.ShouldBe(1);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
    }

    private static Func<Workshop, Run, Task> AskAt(string step, RunRequest request) => (stage, run) =>
        run.Request == RunRequest.None && BuildJson.Read<BuildState>(run.State) is { Stage: BuildStage.Building, Step: { } at, Ending: null } && at.StartsWith(step, StringComparison.Ordinal)
            ? stage.Store.RequestAsync(run.Id, request, CancellationToken.None)
            : Task.CompletedTask;

    internal static async Task GoldenAsync(string name, Workshop stage, Run run, RunPhase phase)
    {
        run.Phase.ShouldBe(phase);
        (await stage.WrongAsync(run)).ShouldBeEmpty();
        var told = Version().Replace(await stage.NarrativeAsync(), "VERSION");
        var path = Path.Combine(Architecture.Repository.Root, "tests/Fleet.Core.Tests/Builds/Goldens", $"{name}.golden");
        if (Environment.GetEnvironmentVariable("FLEET_GOLDENS") == "write")
        {
            await File.WriteAllTextAsync(path, told);
        }

        told.ShouldBe(await File.ReadAllTextAsync(path));
    }

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex Version();

    /// <summary>A workshop whose template installs from a repository.</summary>
    private static Workshop AtRepository()
    {
        var plain = new Workshop();
        var variables = new Dictionary<string, string>
        {
            ["kubernetes_version"] = "\"1.33.2\"",
            ["kubernetes_package_revision"] = "\"1.1\"",
            ["kubernetes_repository"] = """{"key_url": "https://pkgs.example/key", "url": "https://user:secret@pkgs.example/v1.33/deb"}""",
        };
        return new Workshop { World = plain.World, Builder = new ScriptedBuilder(plain.World) { Variables = variables } };
    }
}
