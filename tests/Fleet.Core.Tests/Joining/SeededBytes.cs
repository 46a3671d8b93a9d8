using System.Security.Cryptography;

namespace Fleet.Core.Tests.Joining;

/// <summary>Bytes of a seed, where production draws secrets.</summary>
internal sealed class SeededBytes(int seed) : RandomNumberGenerator
{
    private readonly Random _chance = new(seed);

    public override void GetBytes(byte[] data) => _chance.NextBytes(data);
}
