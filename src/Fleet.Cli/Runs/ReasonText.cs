using Fleet.Core.Runs;

namespace Fleet.Cli.Runs;

/// <summary>A reason for a person: the sentence, then object, node, limit, value and cure.</summary>
internal static class ReasonText
{
    public static void Write(TextWriter output, Reason reason)
    {
        output.WriteLine(reason.Sentence);
        Line(output, "object", reason.Object);
        Line(output, "node", reason.Node);
        Line(output, "limit", reason.Limit);
        Line(output, "value", reason.Value);
        Line(output, "cure", reason.Cure);
    }

    private static void Line(TextWriter output, string name, string? value)
    {
        if (value is not null)
        {
            output.WriteLine($"  {name + ":",-7} {value}");
        }
    }
}
