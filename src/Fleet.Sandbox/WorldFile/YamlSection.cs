using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Fleet.Sandbox.WorldFile;

/// <summary>A mapping of the file under reading: typed fields, each mistake noted with its place, unknown fields noted by <see cref="Close"/>.</summary>
internal sealed class YamlSection(YamlMappingNode node, string path, List<WorldFileError> errors)
{
    private readonly HashSet<string> _known = [];

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: { } value } => value,
        var other => Wrong<string>(other, name, "must be a text"),
    };

    public string Need(string name)
    {
        if (Text(name) is { Length: > 0 } text)
        {
            return text;
        }

        Note(node, name, "is required");
        return "";
    }

    public int? Count(string name, int least = 0) =>
        Scalar<int>(name, $"must be a whole number of at least {least}", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number : null);

    public double? Share(string name) =>
        Scalar<double>(name, "must be a number from 0 to 1", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share : null);

    public bool? Flag(string name) => Scalar<bool>(name, "must be true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    public TimeSpan? Duration(string name) => Scalar(name, "must be a duration such as 90s, 15m, 1h30m or 250ms", YamlQuantity.Duration);

    public long? MilliCpu(string name) => Scalar(name, "must be cores such as 2 or thousandths such as 250m", YamlQuantity.MilliCpu);

    public long? Bytes(string name) => Scalar(name, "must be an amount such as 512Mi or 16Gi", YamlQuantity.Bytes);

    public T? Choice<T>(string name)
        where T : struct, Enum =>
        Scalar<T>(name, $"must be one of {string.Join(", ", Enum.GetNames<T>())}", text => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(text[0]) ? value : null);

    public ImmutableArray<string> Texts(string name) => [.. Items(name).Select((item, index) => item is YamlScalarNode { Value: { } value } ? value : Wrong<string>(item, $"{name}[{index}]", "must be a text") ?? "")];

    public ImmutableArray<int> Counts(string name) => [.. Items(name).Select((item, index) =>
        item is YamlScalarNode { Value: { } value } && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : Wrong<int>(item, $"{name}[{index}]", "must be a whole number of at least 1"))];

    public ImmutableSortedDictionary<string, string> Map(string name)
    {
        var section = Section(name);
        return section is null ? ImmutableSortedDictionary<string, string>.Empty : section.Names().ToImmutableSortedDictionary(key => key, key => section.Text(key) ?? "", StringComparer.Ordinal);
    }

    public YamlSection? Section(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode map => new YamlSection(map, Path(name), errors),
        var other => Wrong<YamlSection>(other, name, "must be a mapping"),
    };

    public ImmutableArray<T> Each<T>(string name, Func<YamlSection, T> read) => [.. Items(name).Select((item, index) =>
    {
        if (item is not YamlMappingNode map)
        {
            Note(item, $"{name}[{index}]", "must be a mapping");
            map = new YamlMappingNode();
        }

        var section = new YamlSection(map, Path($"{name}[{index}]"), errors);
        var value = read(section);
        section.Close();
        return value;
    })];

    public YamlNode? Raw(string name) => Find(name);

    /// <summary>Notes a mistake at a field (at the section where it has no such field).</summary>
    public void Note(string name, string message) => Note(node.Children.TryGetValue(new YamlScalarNode(name), out var at) ? at : node, name, message);

    /// <summary>Notes the fields that nobody has asked for.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !_known.Contains(name)))
        {
            Note(key, key is YamlScalarNode { Value: { } name } ? name : "?", $"is not known here; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    private IEnumerable<string> Names() => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return node.Children.TryGetValue(new YamlScalarNode(name), out var found) && found is not YamlScalarNode { Value: "" or "null" or "~", Style: YamlDotNet.Core.ScalarStyle.Plain } ? found : null;
    }

    private IEnumerable<YamlNode> Items(string name) => Find(name) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        var other => Wrong<IEnumerable<YamlNode>>(other, name, "must be a list") ?? [],
    };

    private T? Scalar<T>(string name, string rule, Func<string, T?> parse)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        Note(name, $"{rule}, is '{text}'");
        return null;
    }

    private T? Wrong<T>(YamlNode at, string name, string rule)
    {
        Note(at, name, rule);
        return default;
    }

    private void Note(YamlNode at, string name, string message) => errors.Add(new WorldFileError(at.Start.Line, at.Start.Column, Path(name), message));

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
