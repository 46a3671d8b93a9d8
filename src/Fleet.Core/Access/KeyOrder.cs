using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using Fleet.Core.Inventory.Validation;

namespace Fleet.Core.Access;

/// <summary>What an admin asks for when a key is to be made.</summary>
/// <param name="Name">What the key is for.</param>
/// <param name="Grants">What it may do.</param>
/// <param name="Life">How long it is good; default 90 days, at most 366.</param>
/// <param name="Person">Whose key it is, see <see cref="People"/>; null: whoever asks for it.</param>
public sealed record KeyOrder(string Name, ImmutableArray<Grant> Grants, TimeSpan Life, string? Person = null)
{
    private const string AllowedRoles = "viewer, operator, approver or admin, for one cluster with :CLUSTER behind";

    /// <summary>How long a key is good when nothing is said.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromDays(90);

    /// <summary>The longest life of a key.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromDays(366);

    /// <summary>Reads <c>{name, roles: [ROLE, ROLE:CLUSTER], person, expiresIn}</c>, the body of <c>POST /v1/keys</c>.</summary>
    /// <param name="body">The document.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The order; null when anything is wrong.</returns>
    public static KeyOrder? Read(DocumentNode body, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        if (body is not DocumentMap map)
        {
            errors.Add(InputError.At(body.Position, "invalid-value", "", null, "a map", $"the body is {body.Shape}; allowed: a map with name, roles, person and expiresIn"));
            return null;
        }

        var before = errors.Count;
        var fields = new FieldReader(map, "", errors);
        var name = fields.Text("name", Formats.Line, required: true);
        var roles = fields.Texts("roles", Formats.Line, required: true);
        var person = fields.Text("person", Formats.Person);
        var life = fields.Duration("expiresIn", TimeSpan.FromMinutes(1)) ?? DefaultLife;
        foreach (var role in roles.Where(role => Grant.Parse(role) is null))
        {
            fields.Fail("roles", "invalid-value", role, AllowedRoles, $"roles has '{role}'; allowed: {AllowedRoles}");
        }

        if (fields.Find("roles") is DocumentList { Items.Length: 0 })
        {
            fields.Fail("roles", "invalid-value", "[]", AllowedRoles, $"roles is empty: the key could do nothing; allowed: {AllowedRoles}");
        }

        if (life > LongestLife)
        {
            fields.Fail("expiresIn", "invalid-value", Durations.Format(life), $"at most {Durations.Format(LongestLife)}", $"expiresIn is {Durations.Format(life)}; allowed: at most {Durations.Format(LongestLife)}");
        }

        fields.Close();
        return errors.Count == before ? new KeyOrder(name!, [.. roles.Select(Grant.Parse).OfType<Grant>()], life, person) : null;
    }

    /// <summary>Reads <c>{person}</c>, the body of <c>POST /v1/keys/{key}/assign</c>.</summary>
    /// <param name="body">The document.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    /// <returns>The person; null when anything is wrong.</returns>
    public static string? ReadPerson(DocumentNode body, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(errors);
        if (body is not DocumentMap map)
        {
            errors.Add(InputError.At(body.Position, "invalid-value", "", null, "a map", $"the body is {body.Shape}; allowed: a map with person"));
            return null;
        }

        var before = errors.Count;
        var fields = new FieldReader(map, "", errors);
        var person = fields.Text("person", Formats.Person, required: true);
        fields.Close();
        return errors.Count == before ? person : null;
    }
}
