namespace Fleet.Core.Promotions.Actions;

/// <summary>Something that a round of a promotion does, once it is recorded. Each may be repeated.</summary>
public abstract record PromotionAction
{
    /// <summary>What it is done to.</summary>
    public abstract string Subject { get; }

    /// <summary>What it does, in words.</summary>
    public abstract string Text { get; }
}
