using Fleet.Core.Rotations;

namespace Fleet.Core.Tests.Rotations.Hooks;

/// <summary>A pool whose image is written elsewhere, too.</summary>
internal static class HookStage
{
    private const string Hook = "spark-values";

    public static Stage Of(Stage stage)
    {
        stage.World.Hooks[Hook] = "ami-old";
        return stage;
    }

    public static RotationSpec Hooked(RotationSpec spec) => spec with { Pool = spec.Pool with { Hooks = [Hook] } };
}
