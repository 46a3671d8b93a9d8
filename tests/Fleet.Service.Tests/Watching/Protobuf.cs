using System.Text;

namespace Fleet.Service.Tests.Watching;

/// <summary>A protobuf message, read by field numbers ("Encoding" of the Protocol Buffers documentation).</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public Protobuf(ReadOnlyMemory<byte> bytes)
    {
        for (var place = 0; place < bytes.Length;)
        {
            var tag = Varint(bytes.Span, ref place);
            var (number, length) = (tag & 7) switch
            {
                0 => (Varint(bytes.Span, ref place), 0),
                1 => (BitConverter.ToUInt64(bytes.Span.Slice(place, 8)), 8),
                2 => (0UL, (int)Varint(bytes.Span, ref place)),
                5 => (BitConverter.ToUInt32(bytes.Span.Slice(place, 4)), 4),
                var kind => throw new InvalidDataException($"wire type {kind}"),
            };
            _fields.Add(((int)(tag >> 3), number, bytes.Slice(place, length)));
            place += length;
        }
    }

    public IEnumerable<Protobuf> Messages(int field) => Bytes(field).Select(bytes => new Protobuf(bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).FirstOrDefault().Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).FirstOrDefault().Span);

    private IEnumerable<ReadOnlyMemory<byte>> Bytes(int field) => _fields.Where(one => one.Field == field).Select(one => one.Bytes);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int place)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[place++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
