using Amazon.Runtime;
using Testcontainers.LocalStack;

namespace Fleet.LocalStack.Tests;

/// <summary>One LocalStack container for all suites; the pro image only where a token is set.</summary>
public sealed class LocalStack : IAsyncLifetime
{
    private readonly LocalStackContainer container = Build();

    public static string? Token => Environment.GetEnvironmentVariable("LOCALSTACK_AUTH_TOKEN") is { Length: > 0 } token ? token : null;

    public static BasicAWSCredentials Credentials => new("test", "test");

    public T Configure<T>(T config)
        where T : ClientConfig
    {
        config.ServiceURL = container.GetConnectionString();
        config.AuthenticationRegion = "eu-west-1";
        return config;
    }

    public Task InitializeAsync() => container.StartAsync();

    public Task DisposeAsync() => container.DisposeAsync().AsTask();

    private static LocalStackContainer Build()
    {
        var builder = new LocalStackBuilder().WithImage(Token is null ? "localstack/localstack:4" : "localstack/localstack-pro:4");
        return (Token is null ? builder : builder.WithEnvironment("LOCALSTACK_AUTH_TOKEN", Token)).Build();
    }
}
