using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Fleet.Core.Inventory;

/// <summary>A count (<c>3</c>) or a percentage (<c>10%</c>), written as Kubernetes writes an IntOrString. A surge rounds up, an unavailability rounds down (Deployments, "Max Surge", "Max Unavailable").</summary>
[JsonConverter(typeof(CountOrPercentJsonConverter))]
public readonly record struct CountOrPercent
{
    private CountOrPercent(int value, bool isPercent) => (Value, IsPercent) = (value, isPercent);

    /// <summary>The number: a count, or percent points from 0 to 100.</summary>
    public int Value { get; }

    /// <summary>Whether <see cref="Value"/> is percent points.</summary>
    public bool IsPercent { get; }

    /// <summary>An absolute count.</summary>
    public static CountOrPercent Count(int count) => new(count, false);

    /// <summary>Percent points.</summary>
    public static CountOrPercent Percent(int percent) => new(percent, true);

    /// <summary>Reads <c>3</c> or <c>10%</c>; refuses negative numbers and more than 100 %.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CountOrPercent result)
    {
        result = default;
        var isPercent = text?.EndsWith('%') == true;
        var digits = isPercent ? text![..^1] : text;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || (isPercent && value > 100))
        {
            return false;
        }

        result = new(value, isPercent);
        return true;
    }

    /// <summary>The count of a total, rounded up: for a surge.</summary>
    public int RoundUp(int total) => IsPercent ? (int)(((long)total * Value + 99) / 100) : Value;

    /// <summary>The count of a total, rounded down: for an unavailability.</summary>
    public int RoundDown(int total) => IsPercent ? (int)((long)total * Value / 100) : Value;

    /// <inheritdoc/>
    public override string ToString() => IsPercent ? $"{Value}%" : Value.ToString(CultureInfo.InvariantCulture);
}
