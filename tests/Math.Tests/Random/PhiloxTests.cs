using Distributed.Numerics.Kernels;
using Distributed.Numerics.Random;

namespace Distributed.Numerics.Tests.Random;

/// <summary>The generator against the known answers that its authors publish, and the vector code against the plain one.</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData(
        0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x0000000000000000ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xfffffffffffffffful, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0x299f31d0a4093822ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void KnownAnswers(uint c0, uint c1, uint c2, uint c3, ulong key, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal(new PhiloxBlock(r0, r1, r2, r3), Philox.Block(new PhiloxBlock(c0, c1, c2, c3), key));

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void FillPlacesTheSameWordsAtEveryWidth(InstructionSet set)
    {
        const ulong Key = 0x0123456789abcdef;
        uint[] words = new uint[7 * PhiloxFill.GroupWords];
        PhiloxFill.Fill(set, new PhiloxBlock(96, 4_000_000_000, 2, 3), Key, words);
        for (uint block = 0; block < 7 * 8; block++)
        {
            PhiloxBlock expected = Philox.Block(new PhiloxBlock(96 + block, 4_000_000_000, 2, 3), Key);
            int first = (int)((block / 8 * PhiloxFill.GroupWords) + (block % 8));
            Assert.Equal(expected, new PhiloxBlock(words[first], words[first + 8], words[first + 16], words[first + 24]));
        }
    }
}
