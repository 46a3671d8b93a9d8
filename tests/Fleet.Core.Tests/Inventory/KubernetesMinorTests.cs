using Fleet.Core.Disruption;
using Fleet.Core.Inventory;

namespace Fleet.Core.Tests.Inventory;

public sealed class KubernetesMinorTests
{
    [Theory]
    [InlineData("v1.33.2", "1.33")]
    [InlineData("1.33.2", "1.33")]
    [InlineData("v1.34.0-rc.1", "1.34")]
    [InlineData("v1.33.2-eks-1a2b3c", "1.33")]
    [InlineData("v1.33+", "1.33")]
    [InlineData("1.33", "1.33")]
    public void A_version_has_its_minor(string version, string minor) => $"{KubernetesMinor.Of(version)}".ShouldBe(minor);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("1")]
    [InlineData("v1.x.2")]
    [InlineData("1.33a")]
    public void What_is_no_version_has_none(string? version) => KubernetesMinor.Of(version).ShouldBeNull();

    [Fact]
    public void Minors_are_compared_as_numbers()
    {
        new KubernetesMinor(1, 33).IsNewerThan(new(1, 9)).ShouldBeTrue();
        new KubernetesMinor(1, 9).IsNewerThan(new(1, 33)).ShouldBeFalse();
        new KubernetesMinor(1, 33).IsNewerThan(new(1, 33)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("registry.k8s.io/kube-apiserver:v1.33.2", "v1.33.2")]
    [InlineData("mirror:5000/a/kube-apiserver-arm64:1.33.2", "1.33.2")]
    [InlineData("kube-apiserver:v1.33.2-custom.1", "v1.33.2-custom.1")]
    [InlineData("registry.k8s.io/kube-apiserver:latest", null)]
    [InlineData("registry.k8s.io/kube-apiserver@sha256:0000000000000000000000000000000000000000000000000000000000000000", null)]
    [InlineData("registry.k8s.io/not-kube-apiserver:v1.33.2", null)]
    [InlineData(null, null)]
    public void An_API_server_s_image_has_its_version(string? image, string? version) => ApiServerImages.VersionOf(image).ShouldBe(version);
}
