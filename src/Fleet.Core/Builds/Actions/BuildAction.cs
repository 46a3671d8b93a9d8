namespace Fleet.Core.Builds.Actions;

/// <summary>Something that a round of a build does, once it is recorded. Each is idempotent.</summary>
public abstract record BuildAction
{
    /// <summary>What it is done to.</summary>
    public abstract string Subject { get; }

    /// <summary>What it does, in words.</summary>
    public abstract string Text { get; }

    /// <summary>Whether the journal tells it before it happens.</summary>
    public virtual bool Told => true;
}
