using Fleet.Contracts.Cloud;

namespace Fleet.Aws.Tests.Servers;

[Collection(CloudServerCollection.Name)]
public sealed class ServerScalingGroupsTests(CloudServer server) : ScalingGroupsContract
{
    [Fact]
    public override Task An_inspection_finds_nothing_at_a_plain_group() => MotoDeviations.HoldAsync(server, base.An_inspection_finds_nothing_at_a_plain_group);

    [Fact]
    public override Task Desired_above_max_is_refused() => MotoDeviations.HoldAsync(server, base.Desired_above_max_is_refused);

    [Fact]
    public override Task A_termination_with_decrement_below_min_is_refused() => MotoDeviations.HoldAsync(server, base.A_termination_with_decrement_below_min_is_refused);

    [Fact]
    public override Task A_termination_without_decrement_keeps_desired_and_may_be_repeated() => MotoDeviations.HoldAsync(server, base.A_termination_without_decrement_keeps_desired_and_may_be_repeated);

    [Fact]
    public override Task An_instance_that_nobody_knows_is_terminated_already() => MotoDeviations.HoldAsync(server, base.An_instance_that_nobody_knows_is_terminated_already);

    [Fact]
    public override Task Activities_tell_of_every_launch_newest_first() => MotoDeviations.HoldAsync(server, base.Activities_tell_of_every_launch_newest_first);

    protected override Task<ICloudAccount> OpenAsync() => ServerAccount.OpenAsync(server);
}

[Collection(CloudServerCollection.Name)]
public sealed class ServerLaunchTemplatesTests(CloudServer server) : LaunchTemplatesContract
{
    [Fact]
    public override Task A_new_version_differs_from_its_source_in_the_image_alone() => MotoDeviations.HoldAsync(server, base.A_new_version_differs_from_its_source_in_the_image_alone);

    [Fact]
    public override Task The_same_token_gives_the_same_version() => MotoDeviations.HoldAsync(server, base.The_same_token_gives_the_same_version);

    [Fact]
    public override Task An_image_given_as_a_parameter_is_resolved() => MotoDeviations.HoldAsync(server, base.An_image_given_as_a_parameter_is_resolved);

    [Fact]
    public override Task A_pin_to_a_version_that_does_not_exist_is_refused() => MotoDeviations.HoldAsync(server, base.A_pin_to_a_version_that_does_not_exist_is_refused);

    protected override Task<ICloudAccount> OpenAsync() => ServerAccount.OpenAsync(server);
}

[Collection(CloudServerCollection.Name)]
public sealed class ServerInstancesTests(CloudServer server) : InstancesContract
{
    protected override Task<ICloudAccount> OpenAsync() => ServerAccount.OpenAsync(server);
}

[Collection(CloudServerCollection.Name)]
public sealed class ServerImageCatalogTests(CloudServer server) : ImageCatalogContract
{
    [Fact]
    public override Task The_same_token_gives_the_same_copy() => MotoDeviations.HoldAsync(server, base.The_same_token_gives_the_same_copy);

    [Fact]
    public override Task An_image_is_deprecated_and_that_is_taken_back() => MotoDeviations.HoldAsync(server, base.An_image_is_deprecated_and_that_is_taken_back);

    [Fact]
    public override Task An_image_is_disabled_and_enabled_however_often_it_is_asked_for() => MotoDeviations.HoldAsync(server, base.An_image_is_disabled_and_enabled_however_often_it_is_asked_for);

    protected override Task<ICloudAccount> OpenAsync() => ServerAccount.OpenAsync(server);
}

[Collection(CloudServerCollection.Name)]
public sealed class ServerJoinParametersTests(CloudServer server) : JoinParametersContract
{
    protected override Task<ICloudAccount> OpenAsync() => ServerAccount.OpenAsync(server);
}

[Collection(CloudServerCollection.Name)]
public sealed class ServerKmsKeysTests(CloudServer server) : KmsKeysContract
{
    protected override Task<ICloudAccount> OpenAsync() => ServerAccount.OpenAsync(server);
}
