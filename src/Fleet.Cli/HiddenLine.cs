using System.Text;

namespace Fleet.Cli;

/// <summary>Reads a line from the terminal without showing it.</summary>
internal static class HiddenLine
{
    /// <summary>The line; null where it was ended with nothing.</summary>
    public static string? Read()
    {
        var line = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                line.Length = Math.Max(0, line.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                line.Append(key.KeyChar);
            }
        }

        return line.Length == 0 ? null : line.ToString();
    }
}
