using Distributed.Numerics.Ranges;

namespace Distributed.Numerics.Tests.Ranges;

public sealed class RangeCrewTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(RangeCrew.PieceElements, 2)]
    [InlineData(RangeCrew.PieceElements + 1, 2)]
    [InlineData(1_000_003, 7)]
    [InlineData(2_000_003, 2)]
    public void APassCoversEveryElementOnceWhoeverIsThere(int count, int members)
    {
        var crew = new RangeCrew(members);
        var hits = new Hits(count);
        crew.Run(count, hits);
        Assert.All(hits.Counts, hit => Assert.Equal(1, hit));
    }

    /// <summary>Members come and go while one pass follows the other: early, late, or for a pass that is over.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void MembersThatComeAndGoNeitherDoubleNorLoseAnElement(int members)
    {
        const int Passes = 2_000;
        const int Count = (11 * RangeCrew.PieceElements) + 3;
        var crew = new RangeCrew(members);
        var hits = new Hits(Count);
        bool isOver = false;
        Thread[] helpers = [.. Enumerable.Range(1, members - 1).Select(number => new Thread(() =>
        {
            var member = new CrewMember(crew, number);
            while (!Volatile.Read(ref isOver))
            {
                member.Begin();
                member.Help();
            }
        }))];
        Array.ForEach(helpers, helper => helper.Start());
        for (int pass = 0; pass < Passes; pass++)
        {
            crew.Run(Count, hits);
        }

        Volatile.Write(ref isOver, true);
        Array.ForEach(helpers, helper => helper.Join());
        Assert.All(hits.Counts, hit => Assert.Equal(Passes, hit));
    }

    [Fact]
    public void AFailureReachesWhoeverAskedForThePass()
    {
        var crew = new RangeCrew(2);
        Assert.Equal("no", Assert.Throws<InvalidOperationException>(() => crew.Run(3 * RangeCrew.PieceElements, new Failing())).Message);
        var hits = new Hits(RangeCrew.PieceElements);
        crew.Run(RangeCrew.PieceElements, hits);
        Assert.All(hits.Counts, hit => Assert.Equal(1, hit));
    }

    private sealed class Hits(int count) : IRangePass
    {
        public int[] Counts { get; } = new int[count];

        /// <summary>Nobody else may write here, so that a plain increment is enough; a lost one would show.</summary>
        public void Run(int start, int count)
        {
            for (int i = start; i < start + count; i++)
            {
                Counts[i]++;
            }
        }
    }

    private sealed class Failing : IRangePass
    {
        public void Run(int start, int count) => throw new InvalidOperationException("no");
    }
}
