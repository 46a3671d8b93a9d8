using System.Collections.Immutable;
using Fleet.Core.Access;
using Fleet.Core.Inventory;

namespace Fleet.Storage;

/// <summary>A row of <c>api_keys</c>.</summary>
internal sealed record ApiKeyRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Person { get; init; }

    public required string Hash { get; init; }

    public required string Grants { get; init; }

    public required string Created { get; init; }

    public required string Expires { get; init; }

    public string? Revoked { get; init; }

    public static ApiKeyRow Of(ApiKey key) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Person = key.Person,
        Hash = key.Hash,
        Grants = SpecJson.Write(key.Grants),
        Created = Columns.Instant(key.Created),
        Expires = Columns.Instant(key.Expires),
        Revoked = key.Revoked is { } at ? Columns.Instant(at) : null,
    };

    public ApiKey ToKey() => new()
    {
        Id = Id,
        Name = Name,
        Person = Person,
        Hash = Hash,
        Grants = SpecJson.Read<ImmutableArray<Grant>>(Grants),
        Created = Columns.Instant(Created),
        Expires = Columns.Instant(Expires),
        Revoked = Revoked is null ? null : Columns.Instant(Revoked),
    };
}
