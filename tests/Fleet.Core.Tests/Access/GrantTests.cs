using System.Security.Cryptography;
using Fleet.Core.Access;

namespace Fleet.Core.Tests.Access;

public class GrantTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("viewer", Role.Viewer, "prod", true)]
    [InlineData("viewer", Role.Operator, "prod", false)]
    [InlineData("operator", Role.Viewer, "prod", true)]
    [InlineData("operator", Role.Approver, "prod", false)]
    [InlineData("approver", Role.Approver, "prod", true)]
    [InlineData("approver", Role.Operator, "prod", false)]
    [InlineData("admin", Role.Approver, null, true)]
    [InlineData("admin:prod", Role.Admin, "prod", true)]
    [InlineData("admin:prod", Role.Admin, null, false)]
    [InlineData("operator:prod", Role.Operator, "test", false)]
    [InlineData("operator:prod", Role.Viewer, null, false)]
    public void A_role_covers_what_it_says(string grant, Role need, string? cluster, bool covers) =>
        new Caller("x", [Grant.Parse(grant).ShouldNotBeNull()]).May(need, cluster).ShouldBe(covers);

    [Theory]
    [InlineData("")]
    [InlineData("Admin")]
    [InlineData("owner")]
    [InlineData("admin:")]
    [InlineData("0")]
    public void What_is_no_role_grants_nothing(string text) => Grant.Parse(text).ShouldBeNull();

    [Fact]
    public void A_key_is_good_until_it_expires_or_is_taken_back()
    {
        var (key, text) = ApiKeys.Make("ci", [new Grant(Role.Operator, [])], Now, TimeSpan.FromDays(1), RandomNumberGenerator.GetBytes(48));

        ApiKeys.IdOf(text).ShouldBe(key.Id);
        ApiKeys.IsGood(key, text, Now).ShouldBeTrue();
        ApiKeys.IsGood(key, text, Now.AddDays(1)).ShouldBeFalse();
        ApiKeys.IsGood(key with { Revoked = Now }, text, Now).ShouldBeFalse();
        ApiKeys.IsGood(key, text[..^1] + (text[^1] == 'A' ? 'B' : 'A'), Now).ShouldBeFalse();
        text.ShouldNotContain(key.Hash);
        $"{key}".ShouldNotContain(text.Split('_', 3)[2]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fleet_")]
    [InlineData("fleet_0123456789ab")]
    [InlineData("fleet_0123456789abc_x")]
    [InlineData("other_0123456789ab_x")]
    public void What_is_no_key_has_no_id(string text) => ApiKeys.IdOf(text).ShouldBeNull();
}
