using System.Collections.Immutable;
using System.Globalization;
using Fleet.Core.Inventory.Documents;

namespace Fleet.Core.Inventory.Validation;

/// <summary>
/// Reads the fields of one map and collects what is wrong with them. A field that is missing or wrong yields null, so that reading goes on and all errors
/// come at once; <see cref="Close"/> reports the fields that nobody asked for.
/// </summary>
public sealed class FieldReader
{
    private readonly DocumentMap _map;
    private readonly string _path;
    private readonly ICollection<InputError> _errors;
    private readonly HashSet<string> _asked = [];

    /// <summary>Reads a map; a field that is given twice is an error.</summary>
    /// <param name="map">The map.</param>
    /// <param name="path">Its path in the document; empty for the document itself.</param>
    /// <param name="errors">Takes everything that is wrong.</param>
    public FieldReader(DocumentMap map, string path, ICollection<InputError> errors)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(errors);
        (_map, _path, _errors) = (map, path, errors);
        foreach (var again in map.Entries.GroupBy(entry => entry.Name).SelectMany(group => group.Skip(1)))
        {
            errors.Add(InputError.At(again.Position, "duplicate-field", Path(again.Name), null, null, $"{Path(again.Name)} is given twice"));
        }
    }

    /// <summary>Where a field's value stands, else where the map begins.</summary>
    public Position At(string name) => _map[name]?.Position ?? _map.Position;

    /// <summary>A field's path; the map's own for no name.</summary>
    public string Path(string name) => _path.Length == 0 ? name : name.Length == 0 ? _path : $"{_path}.{name}";

    /// <summary>A field's value; null, and an error where it is required, when it is absent or empty.</summary>
    public DocumentNode? Find(string name, bool required = false, string? allowed = null)
    {
        _asked.Add(name);
        if (_map[name] is { } node and not DocumentScalar { Kind: ScalarKind.Null })
        {
            return node;
        }

        if (required)
        {
            var suffix = allowed is null ? "" : $": {allowed}";
            _errors.Add(InputError.At(At(name), "missing-field", Path(name), null, allowed, $"{Path(name)} is missing{suffix}"));
        }

        return null;
    }

    /// <summary>Text of a form; a number is taken as it is written.</summary>
    public string? Text(string name, Format format, bool required = false) =>
        Find(name, required, format.Allowed) is { } node ? Text(node, Path(name), format) : null;

    /// <summary>A count or a percentage.</summary>
    public CountOrPercent? CountOrPercent(string name)
    {
        const string Allowed = "a count like 3, or a percentage from 0% to 100%";
        return Find(name) is not { } node ? null
            : node is DocumentScalar scalar && Inventory.CountOrPercent.TryParse(scalar.Text, out var value) ? value
            : Refuse<CountOrPercent?>(node, Path(name), Allowed);
    }

    /// <summary>A duration of at least so much.</summary>
    public TimeSpan? Duration(string name, TimeSpan least)
    {
        var allowed = $"{Durations.Allowed}, at least {Durations.Format(least)}";
        return Find(name) is not { } node ? null
            : node is DocumentScalar scalar && Durations.TryParse(scalar.Text, out var value) && value >= least ? value
            : Refuse<TimeSpan?>(node, Path(name), allowed);
    }

    /// <summary>An age.</summary>
    public TimeSpan? Age(string name) =>
        Find(name) is not { } node ? null
            : node is DocumentScalar scalar && Durations.TryParseAge(scalar.Text, out var value) ? value
            : Refuse<TimeSpan?>(node, Path(name), Durations.AllowedAge);

    /// <summary>A zone of the tz database.</summary>
    public string? Zone(string name)
    {
        const string Allowed = "a zone of the tz database, e.g. Europe/Berlin or UTC";
        var zone = Text(name, Formats.Line, required: true);
        if (zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return zone;
        }

        Fail(name, "invalid-value", zone, Allowed, $"{Path(name)} is '{zone}', which the tz database does not have; allowed: {Allowed}");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int? Number(string name, int least, int greatest, bool required = false)
    {
        var allowed = $"a whole number from {least} to {greatest}";
        return Find(name, required, allowed) is not { } node ? null
            : node is DocumentScalar { Kind: ScalarKind.Number } scalar
                && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= greatest ? value
            : Refuse<int?>(node, Path(name), allowed);
    }

    /// <summary>True or false.</summary>
    public bool? Flag(string name) =>
        Find(name) is not { } node ? null : node is DocumentScalar { Kind: ScalarKind.Boolean } scalar ? scalar.Text == "true" : Refuse<bool?>(node, Path(name), "true or false");

    /// <summary>One of several words.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices, bool required = false)
        where T : struct
    {
        var allowed = string.Join(" or ", choices.Keys);
        return Find(name, required, allowed) is not { } node ? null
            : node is DocumentScalar scalar && choices.TryGetValue(scalar.Text, out var value) ? value
            : Refuse<T?>(node, Path(name), allowed);
    }

    /// <summary>A map, to be read in its turn.</summary>
    public FieldReader? Map(string name, bool required = false) =>
        Find(name, required, "a map") is not { } node ? null : node is DocumentMap map ? new(map, Path(name), _errors) : Refuse<FieldReader>(node, Path(name), "a map");

    /// <summary>A list's items, each with its path.</summary>
    public ImmutableArray<(DocumentNode Node, string Path)> List(string name, bool required = false)
    {
        if (Find(name, required, "a list") is not { } node)
        {
            return [];
        }

        return node is DocumentList list
            ? [.. list.Items.Select((item, index) => (item, $"{Path(name)}[{index}]"))]
            : Refuse<ImmutableArray<(DocumentNode, string)>?>(node, Path(name), "a list") ?? [];
    }

    /// <summary>A list of texts of a form.</summary>
    public ImmutableArray<string> Texts(string name, Format format, bool required = false) =>
        [.. List(name, required).Select(item => Text(item.Node, item.Path, format)).OfType<string>()];

    /// <summary>A list of maps; items of another shape are errors.</summary>
    public IEnumerable<FieldReader> Maps(string name)
    {
        foreach (var (node, path) in List(name))
        {
            if ((node is DocumentMap map ? new FieldReader(map, path, _errors) : Refuse<FieldReader>(node, path, "a map")) is { } reader)
            {
                yield return reader;
            }
        }
    }

    /// <summary>The names of a map's fields where they are the user's own to choose; those of another form are errors.</summary>
    public IEnumerable<string> Names(Format format)
    {
        ArgumentNullException.ThrowIfNull(format);
        foreach (var entry in _map.Entries.DistinctBy(entry => entry.Name))
        {
            _asked.Add(entry.Name);
            if (format.Accepts(entry.Name))
            {
                yield return entry.Name;
            }
            else
            {
                _errors.Add(InputError.At(entry.Position, "invalid-value", Path(""), entry.Name, format.Allowed, $"{Path("")}: '{entry.Name}' is no name here; allowed: {format.Allowed}"));
            }
        }
    }

    /// <summary>Labels: every name and value is checked.</summary>
    public IReadOnlyDictionary<string, string> Labels(string name, bool required = false)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Map(name, required) is { } reader)
        {
            foreach (var entry in reader._map.Entries)
            {
                reader._asked.Add(entry.Name);
                if (!Formats.LabelKey.Accepts(entry.Name))
                {
                    _errors.Add(InputError.At(
                        entry.Position, "invalid-value", Path(name), entry.Name, Formats.LabelKey.Allowed, $"{Path(name)}: '{entry.Name}' is no label's name; allowed: {Formats.LabelKey.Allowed}"));
                }

                // A number or a truth value unquoted is a slip that kubectl refuses, too.
                labels[entry.Name] = entry.Value is DocumentScalar { Kind: ScalarKind.Text } value
                    ? Text(value, reader.Path(entry.Name), Formats.LabelValue) ?? ""
                    : Refuse<string>(entry.Value, reader.Path(entry.Name), "text (put it in quotes)") ?? "";
            }
        }

        return labels;
    }

    /// <summary>An error at a field; at the item of that value where the field is a list that has it.</summary>
    public void Fail(string name, string code, string? value, string? allowed, string message)
    {
        var item = (_map[name] as DocumentList)?.Items.LastOrDefault(item => item is DocumentScalar scalar && scalar.Text == value);
        _errors.Add(InputError.At(item?.Position ?? At(name), code, Path(name), value, allowed, message));
    }

    /// <summary>Reports the fields that nobody asked for, with the names that may have been meant.</summary>
    public void Close()
    {
        foreach (var entry in _map.Entries.Where(entry => !_asked.Contains(entry.Name)))
        {
            var allowed = string.Join(", ", _asked.Order(StringComparer.Ordinal));
            var hint = NearestNames.Hint(entry.Name, _asked);
            _errors.Add(InputError.At(
                entry.Position, "unknown-field", Path(entry.Name), null, allowed, $"{Path(entry.Name)} is no field{(hint.Length > 0 ? hint : $"; allowed: {allowed}")}"));
        }
    }

    private string? Text(DocumentNode node, string path, Format format) =>
        node is DocumentScalar { Kind: ScalarKind.Text or ScalarKind.Number } scalar && format.Accepts(scalar.Text) ? scalar.Text : Refuse<string>(node, path, format.Allowed);

    private T? Refuse<T>(DocumentNode node, string path, string allowed)
    {
        var value = (node as DocumentScalar)?.Text;
        var found = value is null ? node.Shape : $"'{value}'";
        _errors.Add(InputError.At(node.Position, "invalid-value", path, value, allowed, $"{path} is {found}; allowed: {allowed}"));
        return default;
    }
}
