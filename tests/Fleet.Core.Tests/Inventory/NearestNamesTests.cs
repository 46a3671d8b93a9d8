using Fleet.Core.Inventory;

namespace Fleet.Core.Tests.Inventory;

public sealed class NearestNamesTests
{
    private static readonly string[] Known = ["prod/workers", "prod/batch", "stage/workers", "dev"];

    [Theory]
    [InlineData("prod/wrokers", "prod/workers")]
    [InlineData("PROD/BATCH", "prod/batch")]
    [InlineData("batch", "prod/batch")]
    [InlineData("dve", "dev")]
    public void The_nearest_name_comes_first(string name, string expected) => NearestNames.Of(name, Known)[0].ShouldBe(expected);

    [Fact]
    public void Nothing_near_gives_no_hint() => NearestNames.Hint("completely-else", Known).ShouldBe("");

    [Fact]
    public void At_most_three_are_named() => NearestNames.Of("node-0", Enumerable.Range(1, 9).Select(number => $"node-{number}")).Count.ShouldBe(3);
}
