using Fleet.Simulation.Cloud;

namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of SecureStrings: how they are kept, and refusals.</summary>
public abstract class JoinParametersWorldContract : JoinParametersContract
{
    private const string Name = "/fleet/clusters/stage/join";

    private ICloudStage Stage => (ICloudStage)Account;

    [Fact]
    public async Task It_is_encrypted_by_the_key_that_is_named()
    {
        await Account.JoinParameters.WriteAsync(Name, "secret", "alias/nodes", "who reads this may not read that", None);

        lock (Stage.World.Gate)
        {
            var kept = Stage.World.Cloud.Parameters[Name];
            (kept.Type, kept.KeyId, kept.Description).ShouldBe((Parameter.Secure, "alias/nodes", "who reads this may not read that"));
        }
    }

    /// <summary>Systems Manager API, "PutParameter", HierarchyTypeMismatchException.</summary>
    [Fact]
    public async Task A_parameter_that_is_not_encrypted_stays_as_it_is()
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Cloud.Put(new Parameter(Name, "plain", "String", 1, Stage.World.Now));
        }

        (await RefusedAsync(() => Account.JoinParameters.WriteAsync(Name, "secret", null, "", None), "invalid", "ssm:PutParameter")).Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_denial_names_the_permission_and_not_the_secret()
    {
        lock (Stage.World.Gate)
        {
            Stage.World.Faults.Deny("PutParameter");
            Stage.World.Faults.Deny("GetParameter");
        }

        (await RefusedAsync(() => Account.JoinParameters.WriteAsync(Name, "hidden", null, "", None), "denied", "ssm:PutParameter")).Message.ShouldNotContain("hidden");
        await RefusedAsync(() => Account.JoinParameters.ReadAsync(Name, None), "denied", "ssm:GetParameter");
    }
}
