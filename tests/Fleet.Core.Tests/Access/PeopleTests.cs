using Fleet.Core.Access;

namespace Fleet.Core.Tests.Access;

public class PeopleTests
{
    [Theory]
    [InlineData("ada", "ada", true)]
    [InlineData("ada", "Ada ", true)]
    [InlineData("https://issuer.example ada", "ada", true)]
    [InlineData("https://issuer.example ada", "https://ISSUER.example ada", true)]
    [InlineData("https://issuer.example ada", "https://other.example ada", false)]
    [InlineData("https://issuer.example ada", "https://issuer.example ben", false)]
    [InlineData("https://issuer.example ada", "ben", false)]
    [InlineData("https://issuer.example ada lovelace", "ada lovelace", true)]
    [InlineData("https://issuer.example ada lovelace", "lovelace", false)]
    [InlineData("local ada", "ada", false)]
    public void Names_are_one_persons_also_where_that_is_only_likely(string one, string other, bool same)
    {
        People.MaySame(one, other).ShouldBe(same);
        People.MaySame(other, one).ShouldBe(same);
    }
}
