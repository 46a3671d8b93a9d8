using System.Globalization;
using Fleet.Core.Inventory;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>Reads the parameters of a query and collects what is wrong with them; a parameter that nobody asks for is an error, as it may be a slip.</summary>
internal sealed class QueryReader(HttpContext http)
{
    /// <summary>Longest that a caller may be kept waiting; it asks again after that.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _asked = [];
    private readonly List<InputError> _errors = [];

    public string? Text(string name)
    {
        _asked.Add(name);
        var values = http.Request.Query[name];
        if (values.Count > 1)
        {
            _errors.Add(InputError.Argument("duplicate-field", name, null, null, $"{name} is given {values.Count} times"));
        }

        return string.IsNullOrEmpty(values.FirstOrDefault()) ? null : values[0];
    }

    public int Number(string name, int least, int greatest, int otherwise) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= greatest ? value
        : Refuse<int>(name, text, $"a whole number from {least} to {greatest}");

    public bool Flag(string name) => Text(name) is { } text && (text is "true" or "false" ? text == "true" : Refuse<bool>(name, text, "true or false"));

    /// <summary>Texts of a form, separated by commas; none where nothing is given.</summary>
    public IReadOnlyList<string> Texts(string name, Format format) =>
        Text(name) is not { } text ? [] : [.. text.Split(',').Select(one => format.Accepts(one) ? one : Refuse<string>(name, one, format.Allowed) ?? one)];

    /// <summary>Values of an enum, by their names in lower case and separated by commas; none where nothing is given.</summary>
    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum
    {
        var allowed = Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant());
        return Text(name) is not { } text ? []
            : [.. text.Split(',').Select(one => allowed.TryGetValue(one, out var value) ? value : Refuse<T>(name, one, string.Join(", ", allowed.Keys)))];
    }

    /// <summary>How long the caller wants to wait; zero where it does not say.</summary>
    public TimeSpan Wait() =>
        Text("wait") is not { } text ? TimeSpan.Zero
        : Durations.TryParse(text, out var wait) && wait <= LongestWait ? wait
        : Refuse<TimeSpan>("wait", text, $"{Durations.Allowed}, at most {Durations.Format(LongestWait)}");

    /// <summary>Ends the reading.</summary>
    /// <exception cref="ApiException">400: something was wrong.</exception>
    public void Close()
    {
        foreach (var name in http.Request.Query.Keys.Where(name => !_asked.Contains(name)))
        {
            var allowed = _asked.Count == 0 ? "none" : string.Join(", ", _asked.Order(StringComparer.Ordinal));
            _errors.Add(InputError.Argument("unknown-field", name, null, allowed, $"{name} is no parameter here{NearestNames.Hint(name, _asked)}; allowed: {allowed}"));
        }

        if (_errors.Count > 0)
        {
            throw ApiException.Invalid(_errors);
        }
    }

    private T? Refuse<T>(string name, string value, string allowed)
    {
        _errors.Add(InputError.Argument("invalid-value", name, value, allowed, $"{name} is '{value}'; allowed: {allowed}"));
        return default;
    }
}
