namespace Fleet.Core.Access;

/// <summary>Tells people apart by their names: a token's <c>ISSUER SUBJECT</c>, or whom an admin named when a key was made.</summary>
public static class People
{
    /// <summary>
    /// Whether two names may be one person's. In doubt they are: letters' case makes no difference, and a name without an issuer is also the person whom any issuer calls so, as <c>ada</c> and <c>https://issuer.example ada</c>.
    /// </summary>
    /// <param name="one">A name.</param>
    /// <param name="other">Another name.</param>
    public static bool MaySame(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (first, second) = (one.Trim(), other.Trim());
        return Same(first, second) || (Issued(first) != Issued(second) && Same(Subject(first), Subject(second)));
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool Issued(string name) => name.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && name.Contains(' ', StringComparison.Ordinal);

    private static string Subject(string name) => Issued(name) ? name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..] : name;
}
