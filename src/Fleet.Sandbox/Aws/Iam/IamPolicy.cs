using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Aws.Iam;

/// <summary>
/// An identity-based policy (IAM, "Policy evaluation logic"): a call is allowed where a statement allows it and none denies it. What cannot be judged here is refused when it is read, so that no policy passes for want of understanding.
/// </summary>
public sealed class IamPolicy
{
    private readonly IReadOnlyList<IamStatement> _statements;

    private IamPolicy(IReadOnlyList<IamStatement> statements) => _statements = statements;

    /// <summary>Every action that a statement names, as it is written there.</summary>
    public IEnumerable<string> Actions => _statements.SelectMany(statement => statement.Actions).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads a policy document.</summary>
    /// <exception cref="FormatException">It is no policy, or uses an element, operator or key that is not judged here.</exception>
    public static IamPolicy Parse(string json)
    {
        var document = JsonNode.Parse(json) as JsonObject ?? throw new FormatException("a policy is a JSON object");
        if ((string?)document["Version"] != "2012-10-17")
        {
            throw new FormatException("a policy's Version is 2012-10-17");
        }

        var statements = document["Statement"] is JsonArray several ? [.. several] : (IReadOnlyList<JsonNode?>)[document["Statement"]];
        return new IamPolicy([.. statements.Select(statement => IamStatement.Read(statement as JsonObject ?? throw new FormatException("a Statement is a JSON object")))]);
    }

    /// <summary>Whether the policy lets a request through.</summary>
    internal bool Allows(IamRequest request)
    {
        var matching = _statements.Where(statement => statement.Matches(request)).ToList();
        return matching.Count > 0 && matching.TrueForAll(statement => statement.Allow);
    }
}
