using System.Collections.Immutable;
using Fleet.Core.Images.Builds;

namespace Fleet.Core.Images.Proof;

/// <summary>What recipes and their templates say of the images that they make.</summary>
public static class ProofExpectations
{
    /// <summary>The variables that an expectation comes from, as packer/worker and packer/spark name them.</summary>
    public static ImmutableArray<string> Variables { get; } = ["containerd", "kernel_modules", "root_device_name", "root_volume_size", "runc"];

    /// <summary>Reads variables. What nobody says is not expected, or as every worker has it.</summary>
    /// <param name="said">The variables, each as JSON, of whom counts first: the recipe, its template, the recipe that it is derived from, that one's template, and so on.</param>
    /// <param name="kubernetesVersion">The image's version of Kubernetes.</param>
    /// <param name="rootDevice">The root device's name as the image maps it, where nobody names it; null where it is not known.</param>
    public static ProofExpectation Of(IReadOnlyList<IReadOnlyDictionary<string, string>> said, string kubernetesVersion, string? rootDevice)
    {
        var standard = new ProofExpectation { Kubernetes = kubernetesVersion };
        return standard with
        {
            Containerd = VariableValue.Member(First("containerd"), "containerd", "version"),
            Runc = VariableValue.Member(First("runc"), "runc", "version"),
            Modules = VariableValue.Items(First("kernel_modules"), "kernel_modules") ?? standard.Modules,
            RootDevice = VariableValue.Text(First("root_device_name"), "root_device_name") ?? rootDevice,
            RootGiB = int.TryParse(VariableValue.Text(First("root_volume_size"), "root_volume_size"), out var size) ? size : null,
        };

        IReadOnlyDictionary<string, string> First(string variable) => said.FirstOrDefault(one => one.ContainsKey(variable)) ?? ImmutableDictionary<string, string>.Empty;
    }
}
