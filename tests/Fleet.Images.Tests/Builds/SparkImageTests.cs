using System.Text.Json.Nodes;

namespace Fleet.Images.Tests.Builds;

[Collection(nameof(BuiltImages))]
public sealed class SparkImageTests(BuiltImages images)
{
    [Fact]
    public async Task Java_is_the_declared_one() => (await images.Spark.TryAsync(new Dictionary<string, string>(), "/usr/local/bin/java", "-version")).Output.ShouldContain("17.0.13");

    [Fact]
    public void Hadoops_libraries_are_there()
    {
        new DirectoryInfo(Path.Combine(images.Spark.Root, "opt/hadoop")).LinkTarget.ShouldBe("/opt/hadoop-3.4.1");
        images.Spark.Has("opt/hadoop-3.4.1/share/hadoop/common/hadoop-common-3.4.1.jar").ShouldBeTrue();
        images.Spark.Read("etc/ld.so.conf.d/fleet-hadoop.conf").ShouldBe("/opt/hadoop/lib/native\n");
        images.Spark.Read("etc/profile.d/fleet-spark.sh").ShouldContain("JAVA_HOME=/opt/jdk");
    }

    [Fact]
    public void Labels_and_taints_lie_ready_for_user_data()
    {
        images.Spark.Read("etc/fleet/node-labels.d/50-spark").ShouldBe("fleet/workload=spark\n");
        images.Spark.Read("etc/fleet/node-taints.d/50-spark").ShouldBe("fleet/workload=spark:NoSchedule\n");
    }

    [Fact]
    public async Task Local_disks_are_mounted_before_kubelet_starts()
    {
        (await images.Spark.RunAsync("systemctl", "is-enabled", "fleet-scratch.service")).Trim().ShouldBe("enabled");
        images.Spark.Has("etc/systemd/system/kubelet.service.requires/fleet-scratch.service").ShouldBeTrue();
        images.Spark.Read("etc/systemd/system/fleet-scratch.service").ShouldContain("Before=kubelet.service");
        (await images.Spark.TryAsync(new Dictionary<string, string>(), "systemd-analyze", "verify", "--man=no", "--recursive-errors=no", "fleet-scratch.service")).ShouldBe((0, ""));
    }

    [Fact]
    public void What_the_parent_brought_is_still_there()
    {
        images.Spark.Read("etc/fleet/image.json").ShouldBe(images.Worker.Read("etc/fleet/image.json"));
        var facts = JsonNode.Parse(images.Spark.Read("etc/fleet/image-spark.json"))!;
        facts["parent"]!.GetValue<string>().ShouldBe(BuildSite.BaseImage);
        facts["programs"]!["hadoop"]!.GetValue<string>().ShouldBe("3.4.1");
    }
}
