namespace Fleet.Core.Rotations;

/// <summary>How far a rotation is.</summary>
public enum RotationStage
{
    /// <summary>Protection, template version, pin.</summary>
    Preparing,

    /// <summary>The first node; passed when its whole slot has closed.</summary>
    Canary,

    /// <summary>The others, with growing width.</summary>
    Rolling,

    /// <summary>All are replaced; what Fleet changed is put back.</summary>
    Finishing,

    /// <summary>Nothing is left to do.</summary>
    Done,
}
