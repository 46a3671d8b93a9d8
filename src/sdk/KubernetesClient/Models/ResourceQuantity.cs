using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace k8s.Models;

[JsonConverter(typeof(QuantityConverter))]
public class ResourceQuantity
{
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    private readonly decimal value;

    public ResourceQuantity(decimal n, int exp, SuffixFormat format)
    {
        value = RoundUp(n * Power(10, exp));
        Format = format;
    }

    public ResourceQuantity(string v)
    {
        var text = v?.Trim() ?? throw new ArgumentNullException(nameof(v));
        var end = text.Length - text.Reverse().TakeWhile(letter => !char.IsAsciiDigit(letter) && letter != '.').Count();
        var (number, suffix) = (text[..end], text[end..]);
        decimal factor;
        if (number.IndexOfAny(['e', 'E']) is > 0 and var mark)
        {
            (factor, Format) = (Power(10, int.Parse(number[(mark + 1)..], CultureInfo.InvariantCulture)), SuffixFormat.DecimalExponent);
            number = number[..mark];
        }
        else
        {
            (factor, Format) = suffix switch
            {
                _ when Array.IndexOf(BinarySuffixes, suffix) is > 0 and var power => (Power(1024, power), SuffixFormat.BinarySI),
                _ when Array.IndexOf(DecimalSuffixes, suffix) is >= 0 and var power => (Power(1000, power - 3), SuffixFormat.DecimalSI),
                _ => throw new FormatException($"quantity '{v}' has the unknown suffix '{suffix}'"),
            };
        }

        value = RoundUp(decimal.Parse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * factor);
    }

    public enum SuffixFormat
    {
        DecimalExponent = 0,
        BinarySI = 1,
        DecimalSI = 2,
    }

    public SuffixFormat Format { get; private init; }

    public static implicit operator ResourceQuantity(string v) => v is null ? null : new(v);

    public static implicit operator ResourceQuantity(decimal v) => new(v, 0, SuffixFormat.DecimalExponent);

    public static implicit operator decimal(ResourceQuantity v) => v?.ToDecimal() ?? 0;

    public static bool operator ==(ResourceQuantity left, ResourceQuantity right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ResourceQuantity left, ResourceQuantity right) => !(left == right);

    public decimal ToDecimal() => value;

    public double ToDouble() => (double)value;

    public int ToInt32() => (int)value;

    public long ToInt64() => (long)value;

    public BigInteger ToBigInteger() => new(value);

    public string CanonicalizeString() => CanonicalizeString(Format);

    /// <summary>The largest suffix that leaves no fraction; binary ones only from 1024 on, as the API server does it.</summary>
    public string CanonicalizeString(SuffixFormat suffixFormat)
    {
        if (value == 0)
        {
            return "0";
        }

        var binary = suffixFormat == SuffixFormat.BinarySI && Math.Abs(value) >= 1024 && decimal.Truncate(value) == value;
        var (step, suffixes, number) = binary ? (1024m, BinarySuffixes, value) : (1000m, DecimalSuffixes, value * 1_000_000_000m);
        var power = 0;
        while (power < suffixes.Length - 1 && number % step == 0)
        {
            number /= step;
            power++;
        }

        var digits = number.ToString("0", CultureInfo.InvariantCulture);
        var exponent = 3 * power - 9;
        return suffixFormat == SuffixFormat.DecimalExponent && !binary ? (exponent == 0 ? digits : $"{digits}e{exponent}") : digits + suffixes[power];
    }

    public override string ToString() => CanonicalizeString();

    public override bool Equals(object obj) => obj is ResourceQuantity other && value == other.value && Format == other.Format;

    public override int GetHashCode() => HashCode.Combine(value, Format);

    private static decimal Power(int radix, int exponent)
    {
        var result = 1m;
        for (var step = 0; step < Math.Abs(exponent); step++)
        {
            result = exponent > 0 ? result * radix : result / radix;
        }

        return result;
    }

    /// <summary>Finer than a billionth is rounded up, away from zero.</summary>
    private static decimal RoundUp(decimal exact)
    {
        var scaled = exact * 1_000_000_000m;
        return (scaled < 0 ? decimal.Floor(scaled) : decimal.Ceiling(scaled)) / 1_000_000_000m;
    }
}
