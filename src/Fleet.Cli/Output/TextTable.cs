using Spectre.Console;

namespace Fleet.Cli.Output;

/// <summary>A table as kubectl prints it: no lines, headers in capitals, never wrapped, so that it can be read by eye and cut by scripts.</summary>
internal sealed class TextTable
{
    private readonly Table _table = new Table().Border(TableBorder.None).Collapse();

    public TextTable(params IEnumerable<string> headers)
    {
        foreach (var header in headers)
        {
            _table.AddColumn(new TableColumn(new Text(header)).NoWrap().PadLeft(0).PadRight(3));
        }
    }

    public void Add(params IEnumerable<string?> cells) => _table.AddRow(cells.Select(cell => new Text(cell is null or "" ? "-" : cell)));

    public void WriteTo(TextWriter output)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 4096;
        console.Write(_table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }
    }
}
