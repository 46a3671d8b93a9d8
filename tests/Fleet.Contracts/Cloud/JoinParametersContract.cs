namespace Fleet.Contracts.Cloud;

/// <summary>What every account must do with the SecureStrings from which nodes read how they join.</summary>
public abstract class JoinParametersContract : CloudSuite
{
    private string Name => $"{Facts.ParameterPath}/join";

    [Fact]
    public virtual async Task A_SecureString_is_set_read_and_set_again()
    {
        (await Account.JoinParameters.ReadAsync(Name, None)).ShouldBeNull();

        await Account.JoinParameters.WriteAsync(Name, """{"token":"one"}""", null, "the first", None);
        (await Account.JoinParameters.ReadAsync(Name, None)).ShouldBe("""{"token":"one"}""");
        await Account.JoinParameters.WriteAsync(Name, """{"token":"two"}""", null, "the second", None);
        (await Account.JoinParameters.ReadAsync(Name, None)).ShouldBe("""{"token":"two"}""");
        (await Account.JoinParameters.AccountAsync(None)).Length.ShouldBe(12);
    }
}
