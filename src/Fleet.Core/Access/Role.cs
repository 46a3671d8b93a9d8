namespace Fleet.Core.Access;

/// <summary>What a caller may do; operator and approver may do what a viewer may, an admin everything.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Starts runs, pauses, resumes and cancels them.</summary>
    Operator,

    /// <summary>Approves what waits for a person.</summary>
    Approver,

    /// <summary>Declares resources, hands out keys, reads the audit log.</summary>
    Admin,
}
