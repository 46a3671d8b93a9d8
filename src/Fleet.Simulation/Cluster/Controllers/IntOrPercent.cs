namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Counts written as a number or a percentage.</summary>
internal static class IntOrPercent
{
    internal static bool IsPercent(string text) => text.EndsWith('%');

    internal static int RoundUp(string text, int of) => IsPercent(text) ? (int)((((long)Number(text) * of) + 99) / 100) : int.Parse(text);

    internal static int RoundDown(string text, int of) => IsPercent(text) ? (int)((long)Number(text) * of / 100) : int.Parse(text);

    private static int Number(string text) => int.Parse(text.AsSpan(0, text.Length - 1));
}
