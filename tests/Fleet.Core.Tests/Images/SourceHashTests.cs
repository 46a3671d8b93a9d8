using Fleet.Core.Images;

namespace Fleet.Core.Tests.Images;

/// <summary>A version is what the image is made from, and nothing else.</summary>
public class SourceHashTests
{
    private static readonly ImageSourceText Source = new()
    {
        KubernetesVersion = "1.33.2",
        Architecture = "x86_64",
        BaseImage = "ami-0123456789abcdef0",
        Variables = new Dictionary<string, string> { ["containerd_version"] = "1.7.27", ["runc_version"] = "1.2.6" },
        VariableFiles = ["common.pkrvars.hcl", "debian-12.pkrvars.hcl"],
        Files = [new("worker.pkr.hcl", new string('a', 64), false), new("scripts/kubelet.sh", new string('b', 64), true)],
    };

    [Fact]
    public void The_same_source_has_the_same_digest_in_whatever_order_it_is_read()
    {
        var other = Source with { Files = [.. Source.Files.Reverse()], Variables = Source.Variables.Reverse().ToDictionary() };

        SourceHash.Of(other).ShouldBe(SourceHash.Of(Source));
        SourceHash.Of(Source).ShouldMatch(@"\A[0-9a-f]{64}\z");
    }

    [Fact]
    public void The_digest_is_the_same_on_every_machine_and_in_every_version_of_Fleet() =>
        SourceHash.Of(Source).ShouldBe("29d23e2b9db3488f7ff19f02a0eadd98f3b9bf9a96f17980894c9d4f0f8eb7be");

    public static TheoryData<string, ImageSourceText> Others => new()
    {
        { "another Kubernetes version", Source with { KubernetesVersion = "1.33.3" } },
        { "another architecture", Source with { Architecture = "arm64" } },
        { "another base image", Source with { BaseImage = "ami-0fedcba9876543210" } },
        { "another value", Source with { Variables = new Dictionary<string, string>(Source.Variables) { ["runc_version"] = "1.2.7" } } },
        { "a variable more", Source with { Variables = new Dictionary<string, string>(Source.Variables) { ["swap"] = "" } } },
        { "the border between name and value moved", Source with { Variables = new Dictionary<string, string> { ["containerd_version1"] = ".7.27", ["runc_version"] = "1.2.6" } } },
        { "another variable file", Source with { VariableFiles = ["common.pkrvars.hcl", "ubuntu-24.04.pkrvars.hcl"] } },
        { "another order of variable files", Source with { VariableFiles = ["debian-12.pkrvars.hcl", "common.pkrvars.hcl"] } },
        { "another script", Source with { Files = [Source.Files[0], Source.Files[1] with { Digest = new string('c', 64) }] } },
        { "a script that may not be executed", Source with { Files = [Source.Files[0], Source.Files[1] with { Executable = false }] } },
        { "a script of another name", Source with { Files = [Source.Files[0], Source.Files[1] with { Path = "scripts/kubelet2.sh" }] } },
        { "a file less", Source with { Files = [Source.Files[0]] } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Any_other_source_has_another_digest(string what, ImageSourceText other) => SourceHash.Of(other).ShouldNotBe(SourceHash.Of(Source), what);

    [Fact]
    public void The_same_source_built_again_gets_a_version_that_nobody_had()
    {
        var digest = SourceHash.Of(Source);
        var first = ImageNames.Next(digest, []);
        var second = ImageNames.Next(digest, [first]);

        first.ShouldBe(digest[..12]);
        second.ShouldBe($"{first}-2");
        ImageNames.Next(digest, [first, second, "000000000000-2"]).ShouldBe($"{first}-3");
        ImageNames.IsVersion(second).ShouldBeTrue();
    }

    [Fact]
    public void The_longest_name_is_one_that_Amazon_EC2_takes() =>
        ImageNames.Of(new string('r', 40), "1.100.100", "x86_64", "0123456789ab-999999999").ShouldMatch(@"\A[A-Za-z0-9()\[\] ./\-'@_]{3,128}\z");
}
