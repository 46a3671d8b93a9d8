using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>The sentences in which a rotation is refused before it starts.</summary>
internal static class PreflightReasons
{
    /// <summary>A refusal.</summary>
    public static Reason Refusal(string code, string what, string sentence, string? limit, string? value, string cure) => new()
    {
        Code = code,
        Object = what,
        Sentence = sentence,
        Limit = limit,
        Value = value,
        Cure = cure,
    };

    public static Reason OfCloud(CloudRefusedException refused) => Refusal(
        $"aws-{refused.Code}",
        $"aws {refused.Action}",
        $"AWS refused {refused.Action}: {refused.Message}",
        refused.Code == "denied" ? $"permission {refused.Action}" : null,
        refused.Code,
        refused.Code switch
        {
            "denied" => $"grant {refused.Action} to Fleet's role",
            "unauthorized" => "renew the AWS credentials",
            "unreachable" => "check AWS_ENDPOINT_URL, the region and the network",
            _ => "mend what the message names",
        });

    public static Reason OfCluster(string cluster, Disruption.ClusterUnreachableException unreachable) => Refusal(
        $"cluster-{unreachable.Code}",
        $"cluster {cluster}",
        unreachable.Message,
        null,
        unreachable.Code,
        unreachable.Code switch
        {
            "certificate-expired" => "renew the API server's certificate",
            "certificate-invalid" => "check certificate-authority-data in the kubeconfig and the server's address",
            "unauthorized" => "renew the kubeconfig's credentials",
            "forbidden" => "grant Fleet's user what the message names",
            _ => "check the kubeconfig's server address and the network",
        });
}
