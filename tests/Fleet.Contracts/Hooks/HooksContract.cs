using Fleet.Core.Hooks;

namespace Fleet.Contracts.Hooks;

/// <summary>What every set of hooks must do; it has one hook, <see cref="Name"/>, whose place holds nothing yet.</summary>
public abstract class HooksContract
{
    /// <summary>The hook that there is.</summary>
    protected const string Name = "values";

    private static readonly HookCall Call = new(Name, "prod", "spark", "20260310t020000z-3fa8be");

    /// <summary>What is tested.</summary>
    protected abstract IHooks Hooks { get; }

    [Fact]
    public void The_hooks_are_known_by_name() => Hooks.Names.ShouldBe([Name]);

    [Fact]
    public async Task A_place_holds_nothing_then_what_was_written_then_nothing_again()
    {
        (await Hooks.ReadAsync(Call, default)).ShouldBe("");
        await Hooks.WriteAsync(Call, "ami-0aaaaaaaaaaaaaaa1", "", default);
        (await Hooks.ReadAsync(Call, default)).ShouldBe("ami-0aaaaaaaaaaaaaaa1");
        await Hooks.WriteAsync(Call, "ami-0aaaaaaaaaaaaaaa1,ami-0bbbbbbbbbbbbbbb2", "ami-0aaaaaaaaaaaaaaa1", default);
        (await Hooks.ReadAsync(Call, default)).ShouldBe("ami-0aaaaaaaaaaaaaaa1,ami-0bbbbbbbbbbbbbbb2");
        await Hooks.WriteAsync(Call, "", "ami-0aaaaaaaaaaaaaaa1,ami-0bbbbbbbbbbbbbbb2", default);
        (await Hooks.ReadAsync(Call, default)).ShouldBe("");
    }

    [Fact]
    public async Task A_value_that_is_written_twice_is_there_once()
    {
        await Hooks.WriteAsync(Call, "ami-0aaaaaaaaaaaaaaa1", "", default);
        await Hooks.WriteAsync(Call, "ami-0aaaaaaaaaaaaaaa1", "", default);

        (await Hooks.ReadAsync(Call, default)).ShouldBe("ami-0aaaaaaaaaaaaaaa1");
    }

    [Fact]
    public async Task A_hook_that_is_not_there_is_told_as_that()
    {
        (await Should.ThrowAsync<HookFailedException>(() => Hooks.ReadAsync(Call with { Name = "other" }, default))).Code.ShouldBe(HookFailedException.Unknown);
        (await Should.ThrowAsync<HookFailedException>(() => Hooks.WriteAsync(Call with { Name = "other" }, "x", "", default))).Code.ShouldBe(HookFailedException.Unknown);
    }
}
