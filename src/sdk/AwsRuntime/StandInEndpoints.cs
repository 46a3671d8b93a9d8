using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Fleet.Sdk.Aws;

/// <summary>The address of a service: ServiceURL if one is set, else the regional name of its partition.</summary>
internal static class StandInEndpoints
{
    public static Endpoint Resolve(IClientConfig config, string prefix)
    {
        if (config.ServiceURL is { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        var region = config.RegionEndpoint ?? throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        var fips = config.UseFIPSEndpoint ? "-fips" : "";
        var suffix = config.UseDualstackEndpoint ? DualStackSuffix(region) : region.PartitionDnsSuffix;
        var scheme = config.UseHttp ? "http" : "https";
        return new Endpoint($"{scheme}://{prefix}{fips}.{region.SystemName}.{suffix}/");
    }

    private static string DualStackSuffix(RegionEndpoint region) =>
        region.PartitionName == "aws-cn" ? "api.amazonwebservices.com.cn" : "api.aws";
}
