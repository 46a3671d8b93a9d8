using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fleet.Hosting.Documents;

/// <summary>Reads the documents of a YAML text with the position of every node. Scalars are typed by YAML 1.2's core schema.</summary>
public static partial class YamlDocuments
{
    /// <summary>Most nodes in a text, each use of an alias counted with all it stands for: a few lines of nested aliases could mean billions.</summary>
    private const int MostNodes = 200_000;

    /// <summary>Reads a text; empty documents are passed over.</summary>
    public static ReadDocuments Read(string text, string source)
    {
        var documents = ImmutableArray.CreateBuilder<DocumentNode>();
        try
        {
            var reading = new Reading(new Parser(new StringReader(text)), source);
            while (reading.Next() is { } document)
            {
                documents.Add(document);
            }

            return new(documents.ToImmutable(), []);
        }
        catch (YamlException e)
        {
            var position = new Position(source, (int)e.Start.Line, (int)e.Start.Column);
            return new(documents.ToImmutable(), [InputError.At(position, "syntax", "", null, null, $"no valid YAML: {e.Message}")]);
        }
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex NumberForm();

    private sealed class Reading(IParser parser, string source)
    {
        private readonly Dictionary<AnchorName, (DocumentNode Node, int Size)> _anchors = [];
        private int _size;

        public DocumentNode? Next()
        {
            parser.TryConsume<StreamStart>(out _);
            while (parser.TryConsume<DocumentStart>(out _))
            {
                _anchors.Clear();
                var document = Node();
                parser.Consume<DocumentEnd>();
                if (document is not DocumentScalar { Kind: ScalarKind.Null })
                {
                    return document;
                }
            }

            return null;
        }

        private DocumentNode Node()
        {
            if (parser.TryConsume<AnchorAlias>(out var alias))
            {
                if (!_anchors.TryGetValue(alias.Value, out var target))
                {
                    throw new YamlException(alias.Start, alias.End, $"the anchor {alias.Value} is not defined before its use");
                }

                Count(target.Size, alias);
                return target.Node;
            }

            var before = _size;
            var start = (NodeEvent)parser.Current!;
            Count(1, start);
            DocumentNode node = start switch
            {
                MappingStart => Map(),
                SequenceStart => List(),
                _ => Scalar(parser.Consume<Scalar>()),
            };
            if (!start.Anchor.IsEmpty)
            {
                _anchors[start.Anchor] = (node, _size - before);
            }

            return node;
        }

        private DocumentMap Map()
        {
            var start = parser.Consume<MappingStart>();
            var entries = ImmutableArray.CreateBuilder<DocumentEntry>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var name))
                {
                    throw new YamlException(parser.Current!.Start, parser.Current.End, "a field's name must be text");
                }

                entries.Add(new(name.Value, Node(), At(name)));
            }

            return new(entries.ToImmutable(), At(start));
        }

        private DocumentList List()
        {
            var start = parser.Consume<SequenceStart>();
            var items = ImmutableArray.CreateBuilder<DocumentNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node());
            }

            return new(items.ToImmutable(), At(start));
        }

        private DocumentScalar Scalar(Scalar scalar)
        {
            if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str")
            {
                return new(scalar.Value, ScalarKind.Text, At(scalar));
            }

            return scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => new("", ScalarKind.Null, At(scalar)),
                "true" or "True" or "TRUE" => new("true", ScalarKind.Boolean, At(scalar)),
                "false" or "False" or "FALSE" => new("false", ScalarKind.Boolean, At(scalar)),

                // An account with a leading zero is a number to YAML and none to JSON: it is kept as the text that it is.
                var text when NumberForm().IsMatch(text) => new(text, ScalarKind.Number, At(scalar)),
                var text => new(text, ScalarKind.Text, At(scalar)),
            };
        }

        private void Count(int nodes, ParsingEvent at)
        {
            _size += nodes;
            if (_size > MostNodes)
            {
                throw new YamlException(at.Start, at.End, $"more than {MostNodes} nodes, aliases counted with what they stand for");
            }
        }

        private Position At(ParsingEvent parsing) => new(source, (int)parsing.Start.Line, (int)parsing.Start.Column);
    }
}
