using System.Text.Json.Nodes;
using Fleet.Images.Tests.Builds;

namespace Fleet.Images.Tests.Templates;

public sealed class ValidateTests
{
    public static TheoryData<string, string, string> All
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var template in new[] { "worker", "spark" })
            {
                foreach (var distribution in new[] { "debian-12", "ubuntu-24.04" })
                {
                    all.Add(template, distribution, "amd64");
                    all.Add(template, distribution, "arm64");
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Packer_takes_the_template(string template, string distribution, string arch)
    {
        (await Packer.ValidateAsync(template, distribution, Recipes.Of(template, arch))).ShouldBe((0, "", ""));
    }

    [Theory]
    [InlineData("worker", "recipe", "\"Worker\"", "The recipe must be a name")]
    [InlineData("worker", "ami_name", "\"a?b\"", "The ami_name must have 3 to 128")]
    [InlineData("worker", "tags", """{"fleet:run": "x"}""", "Name, aws: and fleet: are not free for tags")]
    [InlineData("worker", "tags", """{"aws:x": "x"}""", "Name, aws: and fleet: are not free for tags")]
    [InlineData("worker", "region", "\"Ireland\"", "The region must be one's code")]
    [InlineData("worker", "arch", "\"x86_64\"", "The arch must be amd64 or arm64")]
    [InlineData("worker", "distribution", "\"debian-11\"", "The distribution must be debian-12 or ubuntu-24.04")]
    [InlineData("worker", "source_owners", """["debian"]""", "The source_owners must be account ids")]
    [InlineData("worker", "source_owners", "[]", "The source_owners must be account ids")]
    [InlineData("worker", "source_ami", "\"newest\"", "The source_ami must be an image id")]
    [InlineData("worker", "instance_type", "\"large\"", "The instance_type must be one's name")]
    [InlineData("worker", "ssh_source_cidrs", """["0.0.0.0/0"]""", "none of them the whole Internet")]
    [InlineData("worker", "root_device_name", "\"xvda\"", "The root_device_name must be a device's name")]
    [InlineData("worker", "root_volume_size", "4", "The root_volume_size must be from 8 to 16384 GiB")]
    [InlineData("worker", "kubernetes_version", "\"1.34\"", "The kubernetes_version must be exact and 1.30.0 or later")]
    [InlineData("worker", "kubernetes_version", "\"1.29.4\"", "The kubernetes_version must be exact and 1.30.0 or later")]
    [InlineData("worker", "runc", """{"version": "1.3.0", "url": "https://example.com/runc", "sha256": "abc"}""", "The runc must have a version")]
    [InlineData("worker", "containerd", """{"version": "", "url": "https://example.com/c", "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}""", "The containerd must have a version")]
    [InlineData("worker", "ssm_agent", """{"version": "3.3", "url": "ftp://example.com/c", "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}""", "The ssm_agent must have a version")]
    [InlineData("worker", "kernel_modules", """["overlay", "br_netfilter", "a b"]""", "The kernel_modules must be modules' names")]
    [InlineData("worker", "sysctls", """{"net.ipv4.ip_forward": "0"}""", "The sysctls must be")]
    [InlineData("worker", "images", """["pause; reboot"]""", "The images must be references")]
    [InlineData("worker", "packages", """["htop; reboot"]""", "The packages must be packages' names")]
    [InlineData("worker", "time_server", "\"a b\"", "The time_server must be")]
    [InlineData("spark", "source_ami", "\"\"", "The source_ami must be the id of a worker image")]
    [InlineData("spark", "jdk", """{"version": "17", "url": "https://example.com/jdk", "sha256": ""}""", "The jdk must have a version")]
    [InlineData("spark", "scratch_folder", "\"scratch\"", "The scratch_folder must be an absolute path")]
    [InlineData("spark", "node_labels", """{"node-role.kubernetes.io/worker": ""}""", "are not a node's own to set")]
    [InlineData("spark", "node_taints", """["spark"]""", "The node_taints must be written key=value:Effect")]
    public async Task A_wrong_value_is_refused_with_what_is_allowed(string template, string variable, string value, string message)
    {
        var variables = Recipes.Of(template, "amd64");
        variables[variable] = JsonNode.Parse(value);

        var (exit, output, error) = await Packer.ValidateAsync(template, "debian-12", variables);

        exit.ShouldBe(1);
        Unwrapped(output + error).ShouldContain(message);
        (output + error).ShouldContain("This was checked by the validation rule at");
    }

    [Fact]
    public async Task All_wrong_values_are_told_at_once()
    {
        var variables = Recipes.Worker();
        variables["arch"] = "sparc";
        variables["kubernetes_version"] = "latest";

        var (exit, output, error) = await Packer.ValidateAsync("worker", "debian-12", variables);

        exit.ShouldBe(1);
        Unwrapped(output + error).ShouldContain("The arch must be");
        Unwrapped(output + error).ShouldContain("The kubernetes_version must be");
    }

    [Theory]
    [InlineData("worker", "kubernetes_version")]
    [InlineData("worker", "runc")]
    [InlineData("worker", "region")]
    [InlineData("spark", "jdk")]
    public async Task A_version_that_is_not_said_is_asked_for(string template, string variable)
    {
        var variables = Recipes.Of(template, "amd64");
        variables.Remove(variable);

        var (exit, output, error) = await Packer.ValidateAsync(template, "debian-12", variables);

        exit.ShouldBe(1);
        (output + error).ShouldContain($"Unset variable \"{variable}\"");
    }

    /// <summary>packer breaks its lines at the terminal's width.</summary>
    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
