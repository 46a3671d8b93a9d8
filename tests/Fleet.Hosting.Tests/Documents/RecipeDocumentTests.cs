using Fleet.Core.Inventory;

namespace Fleet.Hosting.Tests.Documents;

/// <summary>Documents of kind Recipe.</summary>
public class RecipeDocumentTests
{
    private const string Worker = """
        apiVersion: fleet/v1
        kind: Recipe
        metadata: {name: worker}
        spec:
          account: "123456789012"
          template: {folder: worker}
          kubernetesVersion: 1.33.2
          base: {owners: ["136693071363"], name: debian-12-amd64-*}
          regions: [eu-central-1]

        """;

    [Fact]
    public void Every_field_is_read()
    {
        var recipe = Read("""
            apiVersion: fleet/v1
            kind: Recipe
            metadata: {name: worker}
            spec:
              account: "123456789012"
              roleArn: arn:aws:iam::123456789012:role/fleet-builder
              externalId: prod-1
              template: {git: "https://git.example/images.git", commit: 0123456789012345678901234567890123456789, path: packer/worker, variableFiles: [debian-12.pkrvars.hcl]}
              kubernetesVersion: 1.33.2
              architecture: arm64
              base: {id: ami-0123456789abcdef0}
              variables: {containerd: {version: 1.7.27, sha256: "00"}, root_volume_size: 40, images: [a/b:1], debug: true}
              regions: [eu-central-1, eu-west-1]
              shareWith: ["210987654321"]
              kmsKeys: {eu-central-1: alias/images, eu-west-1: alias/images}
              tags: {team: platform}
              checks:
                - {name: disk, script: "test -b /dev/nvme0n1", timeout: 30s}
              proof: {instanceProfile: fleet-proof, instanceType: m7g.large, subnet: subnet-0123456789abcdef0, securityGroups: [sg-0123456789abcdef0], scan: {name: trivy, script: "trivy rootfs --exit-code 1 /", timeout: 20m}, sbom: {name: syft, script: "syft / -o spdx-json"}}
              promotion: {approval: true, after: 2d}
              retention: {keep: 5, rollbackWindow: 30d, disableAfter: 3d, deregisterAfter: 4d}
            """).Recipes.ShouldHaveSingleItem();

        (recipe.Name, recipe.Account, recipe.ExternalId, recipe.KubernetesVersion, recipe.Architecture).ShouldBe(("worker", "123456789012", "prod-1", "1.33.2", "arm64"));
        (recipe.Template.Git, recipe.Template.Path, recipe.Base!.Id).ShouldBe(("https://git.example/images.git", "packer/worker", "ami-0123456789abcdef0"));
        recipe.Variables.ShouldBe(new Dictionary<string, string> { ["containerd"] = """{"sha256":"00","version":"1.7.27"}""", ["root_volume_size"] = "40", ["images"] = """["a/b:1"]""", ["debug"] = "true" }, ignoreOrder: true);
        recipe.Template.VariableFiles.ShouldBe(["debian-12.pkrvars.hcl"]);
        recipe.Regions.ShouldBe(["eu-central-1", "eu-west-1"]);
        recipe.KmsKeys["eu-west-1"].ShouldBe("alias/images");
        recipe.Checks.ShouldHaveSingleItem().Timeout.ShouldBe(TimeSpan.FromSeconds(30));
        (recipe.Proof!.InstanceProfile, recipe.Proof.InstanceType, recipe.Proof.Subnet).ShouldBe(("fleet-proof", "m7g.large", "subnet-0123456789abcdef0"));
        recipe.Proof.SecurityGroups.ShouldBe(["sg-0123456789abcdef0"]);
        (recipe.Proof.Scan, recipe.Proof.Sbom).ShouldBe((new("trivy", "trivy rootfs --exit-code 1 /", TimeSpan.FromMinutes(20)), new("syft", "syft / -o spdx-json", TimeSpan.FromMinutes(5))));
        (recipe.ApprovePromotion, recipe.PromoteAfter).ShouldBe((true, TimeSpan.FromDays(2)));
        (recipe.Retention.Keep, recipe.Retention.RollbackWindow, recipe.Retention.DisableAfter, recipe.Retention.DeregisterAfter)
            .ShouldBe((5, TimeSpan.FromDays(30), TimeSpan.FromDays(3), TimeSpan.FromDays(4)));
    }

    [Fact]
    public void What_is_left_out_takes_its_default()
    {
        var recipe = Read(Worker).Recipes.ShouldHaveSingleItem();

        (recipe.Architecture, recipe.Parent, recipe.ApprovePromotion, recipe.PromoteAfter).ShouldBe(("x86_64", null, false, TimeSpan.Zero));
        (recipe.Retention.Keep, recipe.Retention.RollbackWindow).ShouldBe((3, TimeSpan.FromDays(14)));
        (recipe.ShareWith.Length, recipe.KmsKeys.Count, recipe.Checks.Length).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData("  proof: {subnet: subnet-1}", "spec.proof.instanceProfile is missing")]
    [InlineData("  proof: {instanceProfile: \"arn:aws:iam::123456789012:instance-profile/x\"}", "spec.proof.instanceProfile is")]
    [InlineData("  proof: {instanceProfile: p, instanceType: large}", "spec.proof.instanceType is 'large'")]
    [InlineData("  proof: {instanceProfile: p, scan: {name: trivy}}", "spec.proof.scan.script is missing")]
    [InlineData("  proof: {instanceProfile: p, sbom: {name: syft, script: syft, to: s3}}", "spec.proof.sbom.to")]
    [InlineData("  parent: other", "names both base and parent")]
    [InlineData("  shareWith: [12]", "spec.shareWith[0] is '12'; allowed: twelve digits")]
    [InlineData("  kmsKeys: {us-east-1: alias/images}", "names us-east-1, which is no region of the recipe")]
    [InlineData("  kmsKeys: {us-east-1: alias/images}", "has no key for eu-central-1")]
    [InlineData("  kmsKeys: {eu-central-1: my key}", "spec.kmsKeys.eu-central-1 is 'my key'")]
    [InlineData("  variables: {source_ami: ami-1}", "spec.variables.source_ami is set by Fleet")]
    [InlineData("  variables: {Bad-Name: x}", "'Bad-Name' is no name here")]
    [InlineData("  variables: {motd: \"$(reboot)\"}", "spec.variables.motd is '$(reboot)'")]
    [InlineData("  variables: {motd: {deep: [\"`reboot`\"]}}", "spec.variables.motd is '`reboot`'")]
    [InlineData("  variables: {motd: \"a; reboot\"}", "spec.variables.motd is 'a; reboot'")]
    [InlineData("  tags: {\"fleet:recipe\": other}", "'fleet:recipe' is no name here")]
    [InlineData("  tags: {\"aws:x\": other}", "'aws:x' is no name here")]
    [InlineData("  roleArn: arn:aws:iam::210987654321:role/x", "is a role of account 210987654321")]
    [InlineData("  checks: [{name: a, script: x}, {name: a, script: y}]", "spec.checks names a 2 times")]
    [InlineData("  retention: {keep: 0}", "spec.retention.keep is '0'; allowed: a whole number from 1 to 100")]
    [InlineData("  architecture: i386", "spec.architecture is 'i386'; allowed: x86_64 or arm64")]
    public void What_is_wrong_is_named(string more, string message) => Read(Worker + more).Errors.Select(error => error.Message).ShouldContain(error => error.Contains(message));

    [Theory]
    [InlineData("template: {folder: worker}", "template: {folder: worker, git: \"https://git.example/a.git\"}", "names both a folder and a repository")]
    [InlineData("template: {folder: worker}", "template: {git: \"https://git.example/a.git\"}", "spec.template.commit is missing")]
    [InlineData("template: {folder: worker}", "template: {git: \"https://me:secret@git.example/a.git\", commit: 0123456789012345678901234567890123456789}", "spec.template.git is")]
    [InlineData("template: {folder: worker}", "template: {git: \"https://git.example/a.git\", commit: 0123456789012345678901234567890123456789, path: ../etc}", "spec.template.path is '../etc'")]
    [InlineData("template: {folder: worker}", "template: {folder: ../etc}", "spec.template.folder is '../etc'")]
    [InlineData("template: {folder: worker}", "template: {folder: worker, variableFiles: [../../etc/passwd]}", "spec.template.variableFiles[0] is '../../etc/passwd'")]
    [InlineData("base: {owners: [\"136693071363\"], name: debian-12-amd64-*}", "base: {name: debian-12-amd64-*}", "a name alone is anybody's to take")]
    [InlineData("kubernetesVersion: 1.33.2", "kubernetesVersion: v1.33.2", "spec.kubernetesVersion is 'v1.33.2'; allowed: a version in full without v")]
    [InlineData("kubernetesVersion: 1.33.2", "kubernetesVersion: 1.33", "spec.kubernetesVersion is '1.33'")]
    [InlineData("  kubernetesVersion: 1.33.2\n", "", "spec.kubernetesVersion is missing")]
    [InlineData("regions: [eu-central-1]", "regions: []", "spec.regions is empty")]
    [InlineData("name: worker}", "name: a-name-of-a-recipe-that-is-longer-than-forty}", "metadata.name has 44 characters")]
    public void What_is_wrong_in_a_field_is_named(string instead, string of, string message) =>
        Read(Worker.Replace(instead, of, StringComparison.Ordinal)).Errors.Select(error => error.Message).ShouldContain(error => error.Contains(message));

    [Fact]
    public void A_derived_recipe_starts_from_its_parents_image()
    {
        var declared = Read(Worker + Derived("spark", "worker"));

        declared.Errors.ShouldBeEmpty();
        (declared.Recipes[1].Parent, declared.Recipes[1].KubernetesVersion).ShouldBe(("worker", null));
    }

    [Theory]
    [InlineData("wroker", "there is no recipe 'wroker'; did you mean worker?")]
    [InlineData("spark", "spec.parent is spark, the recipe itself")]
    public void A_parent_that_cannot_be_is_named(string parent, string message) => Read(Worker + Derived("spark", parent)).Errors.Select(error => error.Message).ShouldContain(error => error.Contains(message));

    [Fact]
    public void Parents_that_form_a_circle_are_named_at_each_recipe_in_it()
    {
        var errors = Read(Derived("a", "b") + Derived("b", "c") + Derived("c", "a")).Errors;

        errors.Where(error => error.Code == "circle").Select(error => error.Message).ShouldBe(["spec.parent: a → b → c → a is a circle", "spec.parent: b → c → a → b is a circle", "spec.parent: c → a → b → c is a circle"]);
    }

    [Fact]
    public void A_derived_recipe_keeps_to_what_its_parent_has()
    {
        var derived = Derived("spark", "worker").Replace("eu-central-1", "us-east-1", StringComparison.Ordinal).Replace("\"123456789012\"", "\"210987654321\"", StringComparison.Ordinal) + "  architecture: arm64\n  kubernetesVersion: 1.33.2\n";

        Read(Worker + derived).Errors.Select(error => error.Field).ShouldBe(["spec.account", "spec.regions", "spec.architecture", "spec.kubernetesVersion"]);
    }

    private static string Derived(string name, string parent) => $$"""
        ---
        apiVersion: fleet/v1
        kind: Recipe
        metadata: {name: {{name}}}
        spec:
          account: "123456789012"
          template: {folder: {{name}}}
          parent: {{parent}}
          regions: [eu-central-1]

        """;

    private static Declarations Read(string yaml) => Reading.Yaml(yaml);
}
