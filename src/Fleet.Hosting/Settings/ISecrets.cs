namespace Fleet.Hosting.Settings;

/// <summary>Secrets by the names under which the server's settings know them; documents hold names only.</summary>
public interface ISecrets
{
    /// <summary>The names that are known.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>A secret as it is now: a file is read each time, so that a secret is rolled without a restart. White space at its end is dropped.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SecretUnavailableException">There is none of that name, or it cannot be read now.</exception>
    string Read(string name);
}
