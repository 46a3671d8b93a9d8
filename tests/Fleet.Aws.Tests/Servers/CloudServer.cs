using Amazon.EC2;
using Amazon.EC2.Model;
using Fleet.Sdk.Tests.Moto;

namespace Fleet.Aws.Tests.Servers;

/// <summary>
/// A server of AWS's protocols that others wrote: the one at FLEET_TEST_AWS_ENDPOINT, else moto. The suites make groups, templates and parameters of their own there, labelled, and remove only those.
/// </summary>
public sealed class CloudServer : IAsyncLifetime
{
    private readonly MotoServer? _moto = string.IsNullOrEmpty(Given) ? new MotoServer() : null;

    private IReadOnlyList<string> _images = [];

    public Uri Endpoint => new(_moto?.Url ?? Given!);

    /// <summary>Whether it is moto of this test run, whose deviations from AWS are known and whose content goes with it.</summary>
    public bool IsMoto => _moto is not null;

    private static string? Given => Environment.GetEnvironmentVariable("FLEET_TEST_AWS_ENDPOINT");

    /// <summary>Two of the server's images for x86_64.</summary>
    public async Task<IReadOnlyList<string>> ImagesAsync(IAmazonEC2 client)
    {
        if (_images.Count == 0)
        {
            var request = new DescribeImagesRequest { Owners = ["amazon"], Filters = [new Filter { Name = "architecture", Values = ["x86_64"] }] };
            var described = await client.DescribeImagesAsync(request);
            _images = [.. described.Images!.Where(image => image.State == ImageState.Available).Select(image => image.ImageId).Order(StringComparer.Ordinal).Take(2)];
        }

        return _images;
    }

    public Task InitializeAsync() => _moto?.InitializeAsync() ?? Task.CompletedTask;

    public Task DisposeAsync() => _moto?.DisposeAsync() ?? Task.CompletedTask;
}
