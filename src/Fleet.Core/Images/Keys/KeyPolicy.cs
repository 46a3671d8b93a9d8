using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.Json;

namespace Fleet.Core.Images.Keys;

/// <summary>A key's policy (AWS KMS, "Key policies in AWS KMS"), as far as it can be judged without the request: where a condition decides, it says so.</summary>
internal sealed class KeyPolicy
{
    private readonly ImmutableArray<JsonElement> _statements;

    private KeyPolicy(ImmutableArray<JsonElement> statements) => _statements = statements;

    /// <summary>Those whom statements allow something by their ARN.</summary>
    public IEnumerable<string> Allowed => _statements.Where(statement => !Denies(statement)).SelectMany(statement => Principals(statement, "Principal"));

    /// <summary>Reads a policy.</summary>
    /// <returns>Null where it is none that can be read.</returns>
    public static KeyPolicy? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("Statement", out var statements) && Items(statements) is var items && items.TrueForAll(item => item.ValueKind == JsonValueKind.Object)
                ? new KeyPolicy([.. items.Select(item => item.Clone())])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What it says of a role's operation by naming the role, or everybody.</summary>
    /// <param name="role">The role's ARN.</param>
    /// <param name="operation">The operation, e.g. <c>CreateGrant</c>.</param>
    public KeyAccess Of(string role, string operation)
    {
        var about = _statements.Where(statement => Names(statement, role, Denies(statement)) && Acts(statement, operation)).ToList();
        return about.Exists(statement => Denies(statement) && IsPlain(statement)) ? KeyAccess.Denied
            : about.Exists(statement => !Denies(statement) && (IsPlain(statement) || IsForResources(statement, operation))) ? KeyAccess.Allowed
            : about.Exists(statement => !Denies(statement)) ? KeyAccess.Unclear
            : KeyAccess.None;
    }

    /// <summary>Whether a refusal may hit it, by a condition that cannot be judged.</summary>
    public bool MayDeny(string role, string operation) => _statements.Any(statement => Denies(statement) && !IsPlain(statement) && Names(statement, role, denies: true) && Acts(statement, operation));

    private static bool Denies(JsonElement statement) => Texts(statement, "Effect").Contains("Deny");

    private static bool IsPlain(JsonElement statement) => !statement.TryGetProperty("Condition", out _) && !statement.TryGetProperty("NotPrincipal", out _) && (Texts(statement, "Resource") is var resources && (resources.Count == 0 || resources.Contains("*")));

    /// <summary>The condition of the page on Auto Scaling: its grants are for resources of AWS.</summary>
    private static bool IsForResources(JsonElement statement, string operation) =>
        operation == "CreateGrant" && statement.TryGetProperty("Condition", out var condition) && Only(condition, "Bool") is { } truth && Only(truth, "kms:GrantIsForAWSResource") is { } value && Items(value).TrueForAll(item => item.ToString().Equals("true", StringComparison.OrdinalIgnoreCase));

    private static JsonElement? Only(JsonElement within, string name) =>
        within.ValueKind == JsonValueKind.Object && within.EnumerateObject().ToList() is [var one] && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase) ? one.Value : null;

    /// <summary>A refusal to an account hits its roles; leave to an account is left to their own policies.</summary>
    private static bool Names(JsonElement statement, string role, bool denies)
    {
        if (statement.TryGetProperty("NotPrincipal", out _))
        {
            return !Principals(statement, "NotPrincipal").Contains(role);
        }

        var account = role.Split(':')[4];
        return Principals(statement, "Principal").Any(principal => principal == role || principal == "*" || (denies && (principal == account || principal.EndsWith($"::{account}:root", StringComparison.Ordinal))));
    }

    private static bool Acts(JsonElement statement, string operation) =>
        statement.TryGetProperty("NotAction", out _) ? !Texts(statement, "NotAction").Exists(pattern => Matches(pattern, operation)) : Texts(statement, "Action").Exists(pattern => Matches(pattern, operation));

    private static bool Matches(string pattern, string operation) => FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "", StringComparison.Ordinal), $"kms:{operation}");

    private static List<string> Principals(JsonElement statement, string member) =>
        !statement.TryGetProperty(member, out var named) ? [] : named.ValueKind == JsonValueKind.Object ? Texts(named, "AWS") : [.. Items(named).Select(item => item.ToString())];

    private static List<string> Texts(JsonElement within, string member) => within.TryGetProperty(member, out var value) ? [.. Items(value).Select(item => item.ToString())] : [];

    private static List<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
}
