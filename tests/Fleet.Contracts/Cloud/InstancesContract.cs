namespace Fleet.Contracts.Cloud;

/// <summary>What every server must show of instances and of its caller. Members are virtual for servers that are known to differ.</summary>
public abstract class InstancesContract : CloudSuite
{
    [Fact]
    public virtual async Task Instances_are_described_in_bulk_and_unknown_ones_left_out()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();

        var all = await Account.Instances.DescribeAsync(ids, None);
        all.Select(facts => facts.Id).ShouldBe(ids, ignoreOrder: true);
        all.ShouldAllBe(facts => facts.ImageId == Facts.OldImage && facts.State == "running" && facts.PrivateDnsName != null && facts.Launched > DateTimeOffset.UnixEpoch);

        (await Account.Instances.DescribeAsync([.. ids, "i-0ffffffffffffffff"], None)).Select(facts => facts.Id).ShouldBe(ids, ignoreOrder: true);
        (await Account.Instances.DescribeAsync([], None)).ShouldBeEmpty();
    }

    [Fact]
    public virtual async Task The_caller_is_known_by_its_account() => (await Account.Instances.AccountAsync(None)).ShouldMatch("^[0-9]{12}$");

    [Fact]
    public virtual async Task A_console_can_be_read() => (await Account.Instances.ConsoleOutputAsync((await GroupAsync()).Instances[0].Id, None)).ShouldNotBeNull();
}
