using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Fleet.Aws;

namespace Fleet.Infra.Tests.Iam;

/// <summary>The operations of AWS that the compiled Fleet.Aws refers to, as IAM actions.</summary>
internal static class CompiledCalls
{
    private static readonly Dictionary<string, string> Prefixes = new()
    {
        ["Amazon.EC2"] = "ec2",
        ["Amazon.AutoScaling"] = "autoscaling",
        ["Amazon.KeyManagementService"] = "kms",
        ["Amazon.S3"] = "s3",
        ["Amazon.SimpleSystemsManagement"] = "ssm",
        ["Amazon.SecurityToken"] = "sts",
    };

    public static IReadOnlySet<string> Read()
    {
        using var file = File.OpenRead(typeof(AwsAccount).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var actions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => member.Parent.Kind == HandleKind.TypeReference))
        {
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            var (space, name, operation) = (metadata.GetString(type.Namespace), metadata.GetString(type.Name), metadata.GetString(member.Name));
            if (Prefixes.TryGetValue(space, out var prefix) && (name.StartsWith("IAmazon", StringComparison.Ordinal) || name.EndsWith("Client", StringComparison.Ordinal)) && operation.EndsWith("Async", StringComparison.Ordinal))
            {
                actions.Add($"{prefix}:{operation[..^"Async".Length]}");
            }
        }

        return actions;
    }
}
