namespace Fleet.Sandbox.Aws.Iam;

/// <summary>One key of a condition: several values are alternatives, several keys must all hold, a key that the request lacks holds nothing (IAM, "IAM JSON policy elements: Condition operators").</summary>
internal sealed record IamCondition
{
    private static readonly string[] Operators = ["StringEquals", "StringLike", "ArnLike", "ArnEquals", "Bool"];
    private static readonly string[] Keys = ["aws:RequestedRegion", "iam:PassedToService", "ec2:LaunchTemplate", "ec2:CreateAction"];
    private static readonly string[] Prefixes = ["aws:ResourceTag/", "ec2:ResourceTag/", "autoscaling:ResourceTag/", "ssm:resourceTag/"];

    private readonly string _operation;
    private readonly string _key;
    private readonly IReadOnlyList<string> _values;

    /// <exception cref="FormatException">The operator or the key is not judged here.</exception>
    public IamCondition(string operation, string key, IReadOnlyList<string> values)
    {
        if (!Operators.Contains(operation))
        {
            throw new FormatException($"the condition operator {operation} is not judged here; judged are {string.Join(", ", Operators)}");
        }

        if (!Keys.Contains(key) && !Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            throw new FormatException($"the condition key {key} is not judged here; judged are {string.Join(", ", Keys)} and {string.Join(", ", Prefixes)}KEY");
        }

        (_operation, _key, _values) = (operation, key, values);
    }

    public bool Holds(IamRequest request) => request.Value(_key) is { } found && _values.Any(value => _operation switch
    {
        "StringEquals" => found == value,
        "Bool" => string.Equals(found, value, StringComparison.OrdinalIgnoreCase),
        _ => IamPattern.Matches(value, found),
    });
}
