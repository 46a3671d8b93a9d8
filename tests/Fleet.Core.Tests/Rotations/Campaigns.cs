using System.Globalization;

namespace Fleet.Core.Tests.Rotations;

/// <summary>Sizes of the campaigns: a fixed short cut, or what `tests/campaign.sh` asks.</summary>
internal static class Campaigns
{
    public static int Count(string variable, int shortcut) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : shortcut;
}
