using Fleet.Sandbox.Aws.Iam;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Worlds;

namespace Fleet.Aws.Tests;

/// <summary>What a builder is given to sign its calls with.</summary>
public sealed class BuilderCredentialTests
{
    [Fact]
    public async Task Those_of_a_role_say_when_they_end_and_those_of_a_user_never_do()
    {
        var world = WorldBuilder.Build(new WorldSpec { Name = "credentials" }, seed: 3, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        var role = new IamRole("builder", null, IamPolicy.Parse("""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"""));
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Roles = [role] });
        var options = new AwsOptions { Region = "eu-central-1", Endpoint = host.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "not-a-secret" };
        using var plain = new AwsAccount(options, TimeProvider.System);
        using var assumed = new AwsAccount(options with { RoleArn = $"arn:aws:iam::{world.Cloud.Account}:role/builder" }, TimeProvider.System);

        var own = await plain.Builds.CredentialsAsync(default);
        var (before, lent) = (TimeProvider.System.GetUtcNow(), await assumed.Builds.CredentialsAsync(default));

        (own.AccessKeyId, own.SessionToken, own.Expires).ShouldBe(("fleet", null, null));
        lent.AccessKeyId.ShouldStartWith("ASIA");
        lent.SessionToken.ShouldNotBeNull();
        lent.Expires!.Value.ShouldBeInRange(before + TimeSpan.FromMinutes(30), before + TimeSpan.FromMinutes(90));
        $"{lent}".ShouldBe(lent.AccessKeyId);
        (await assumed.Builds.CredentialsAsync(default)).ShouldBe(lent, "an hour is not over");
    }
}
