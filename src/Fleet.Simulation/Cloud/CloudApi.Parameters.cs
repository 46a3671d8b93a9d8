using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>SSM: one parameter.</summary>
    public Parameter GetParameter(string name) => Read(nameof(GetParameter), name, () => ParameterOf(name));

    /// <summary>SSM: several parameters; unknown names are left out.</summary>
    public IReadOnlyList<Parameter> GetParameters(IReadOnlyList<string> names) => Read(nameof(GetParameters), Subject(names), () =>
        (IReadOnlyList<Parameter>)[.. names.Select(Cloud.Parameters.GetValueOrDefault).OfType<Parameter>()]);

    /// <summary>SSM: the parameters directly below a path, or all below it: at most 10 a page.</summary>
    public Page<Parameter> GetParametersByPath(string path, bool recursive, string? nextToken = null, int maxResults = 10) => Read(nameof(GetParametersByPath), path, () =>
    {
        var prefix = path.EndsWith('/') ? path : path + "/";
        var below = Cloud.Parameters.Values.Where(parameter => parameter.Name.StartsWith(prefix, StringComparison.Ordinal) && (recursive || !parameter.Name[prefix.Length..].Contains('/')));
        return PageOf(below, parameter => parameter.Name, nextToken, Math.Min(maxResults, 10), BadToken);
    });

    /// <summary>SSM: sets a parameter; an existing one only with overwrite, and none that shall be encrypted and is not, or the other way round.</summary>
    public Parameter PutParameter(string name, string value, string? type, bool overwrite, string? keyId = null, string? description = null) => Write(nameof(PutParameter), name, null, () =>
    {
        var before = Cloud.Parameters.GetValueOrDefault(name);
        if (before is not null && !overwrite)
        {
            throw new CallRefusedException(BadRequest, "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }

        if (before is not null && type is not null && (before.Type == Parameter.Secure) != (type == Parameter.Secure))
        {
            throw new CallRefusedException(BadRequest, "HierarchyTypeMismatchException", $"The parameter {name} is of type {before.Type}, which cannot be changed to {type}.");
        }

        var parameter = new Parameter(name, value, type ?? before?.Type ?? "String", (before?.Version ?? 0) + 1, world.Now) { KeyId = keyId, Description = description ?? before?.Description };
        Cloud.Put(parameter);
        return parameter;
    });

    /// <summary>SSM: deletes a parameter.</summary>
    public void DeleteParameter(string name) => Write(nameof(DeleteParameter), name, null, () => Cloud.Remove(ParameterOf(name)));

    private Parameter ParameterOf(string name) => Cloud.Parameters.GetValueOrDefault(name) ?? throw new CallRefusedException(BadRequest, "ParameterNotFound", $"Parameter {name} not found.");
}
