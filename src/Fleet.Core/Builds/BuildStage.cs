namespace Fleet.Core.Builds;

/// <summary>How far an image build has come.</summary>
public enum BuildStage
{
    /// <summary>Base image, template and version are looked for; nothing is changed.</summary>
    Resolving,

    /// <summary>What an earlier attempt of the run left is looked for: a finished image is adopted, the rest removed.</summary>
    Clearing,

    /// <summary>The builder is at work.</summary>
    Building,

    /// <summary>The image is there: it is made to ask for tokens, and recorded once it is proved.</summary>
    Finishing,

    /// <summary>One instance of the image is judged.</summary>
    Proving,
}
