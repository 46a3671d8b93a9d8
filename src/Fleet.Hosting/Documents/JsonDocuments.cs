using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;

namespace Fleet.Hosting.Documents;

/// <summary>Reads a JSON document with the position of every node: the body of the API's PUT, and files that end in <c>.json</c>.</summary>
public static class JsonDocuments
{
    /// <summary>Reads one document.</summary>
    public static ReadDocuments Read(string text, string source)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = LineStarts(bytes);
        Position At(long index)
        {
            var line = lines.BinarySearch((int)index) is var found && found >= 0 ? found : ~found - 1;
            return new(source, line + 1, Encoding.UTF8.GetCharCount(bytes, lines[line], (int)index - lines[line]) + 1);
        }

        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            var document = Node(ref reader, At);
            reader.Read();
            return new([document], []);
        }
        catch (JsonException e)
        {
            var index = Math.Min(lines[(int)Math.Min(e.LineNumber ?? 0, lines.Count - 1)] + (e.BytePositionInLine ?? 0), bytes.Length);
            return new([], [InputError.At(At(index), "syntax", "", null, null, $"no valid JSON: {e.Message}")]);
        }
        catch (InvalidOperationException)
        {
            // What the reader says of a text that escapes half a character (RFC 8259, "Strings and Characters").
            return new([], [InputError.At(At(reader.TokenStartIndex), "syntax", "", null, null, "no valid JSON: the text here escapes one half of a surrogate pair without the other")]);
        }
    }

    private static DocumentNode Node(ref Utf8JsonReader reader, Func<long, Position> at)
    {
        var position = at(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = ImmutableArray.CreateBuilder<DocumentEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, namePosition) = (reader.GetString()!, at(reader.TokenStartIndex));
                    reader.Read();
                    entries.Add(new(name, Node(ref reader, at), namePosition));
                }

                return new DocumentMap(entries.ToImmutable(), position);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<DocumentNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Node(ref reader, at));
                }

                return new DocumentList(items.ToImmutable(), position);
            case JsonTokenType.String:
                return new DocumentScalar(reader.GetString()!, ScalarKind.Text, position);
            case JsonTokenType.Null:
                return new DocumentScalar("", ScalarKind.Null, position);
            default:
                var kind = reader.TokenType == JsonTokenType.Number ? ScalarKind.Number : ScalarKind.Boolean;
                return new DocumentScalar(Encoding.UTF8.GetString(reader.ValueSpan), kind, position);
        }
    }

    private static List<int> LineStarts(byte[] bytes)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return starts;
    }
}
