using System.Numerics;

namespace Distributed.Numerics.Kernels;

/// <summary>Computes a product that is one node of a tree.</summary>
internal delegate void GemmNode(GemmOperands product);

/// <summary>
/// A weight gradient over so many rows that a leaf no longer fits the micro-kernel's caches: nodes of the tree are computed one after
/// the other, each a product of its own, and joined through a stack of blocks in memory.
/// </summary>
internal sealed unsafe class GemmTallTree<S, V>(GemmNode node)
    where S : struct, ISimd<V>
    where V : struct
{
    private const int RowsMax = 512;
    private const int ColumnsMax = 1024;
    private readonly GemmBuffer _stack = new();

    /// <summary>Computes the product, block by block of C.</summary>
    public void Run(in GemmOperands product)
    {
        for (int i = 0; i < product.Rows; i += RowsMax)
        {
            int rows = System.Math.Min(RowsMax, product.Rows - i);
            for (int j = 0; j < product.Columns; j += ColumnsMax)
            {
                Block(product.Block(i, rows, j, System.Math.Min(ColumnsMax, product.Columns - j)));
            }
        }
    }

    private void Block(in GemmOperands product)
    {
        int leavesPerNode = LeavesPerNode(product);
        int nodes = (product.Leaves + leavesPerNode - 1) / leavesPerNode;
        nint ld = (product.Columns + S.Width - 1) / S.Width * S.Width;
        long blockFloats = product.Rows * ld;
        float* stack = _stack.Reserve(blockFloats * (2 + BitOperations.Log2((uint)nodes)));
        int depth = 0;
        GemmOperands part = product with { CRow = ld, WholeRegisters = true };
        for (int n = 0; n < nodes; n++)
        {
            part.Leaves = System.Math.Min(leavesPerNode, product.Leaves - (n * leavesPerNode));
            part.Ends = product.Ends + ((nint)n * leavesPerNode);
            part.C = stack + (depth * blockFloats);
            int steps = part.K;
            node(part);
            part.A += steps * part.AStep;
            part.B += steps * part.BStep;
            part.First += steps;
            depth++;
            int joins = n == nodes - 1 ? BitOperations.PopCount((uint)n) : BitOperations.TrailingZeroCount(~n);
            for (; joins > 0; joins--, depth--)
            {
                Join(stack + ((depth - 2) * blockFloats), stack + ((depth - 1) * blockFloats), blockFloats);
            }
        }

        Check.That(depth == 1);
        CopyOut(stack, ld, product);
    }

    /// <summary>
    /// The largest power of two of leaves that can be joined in registers wherever they start; 1 where one leaf is too long.
    /// </summary>
    private static int LeavesPerNode(in GemmOperands product)
    {
        int leaves = 1;
        while (leaves < product.Leaves && StepsOfLongest(product, leaves * 2) <= GemmBlocking.TreeStepsMax)
        {
            leaves *= 2;
        }

        return leaves;
    }

    private static int StepsOfLongest(in GemmOperands product, int leaves)
    {
        int longest = 0;
        int begin = product.First;
        for (int first = 0; first < product.Leaves; first += leaves)
        {
            int end = product.Ends[System.Math.Min(first + leaves, product.Leaves) - 1];
            longest = System.Math.Max(longest, end - begin);
            begin = end;
        }

        return longest;
    }

    private static void Join(float* left, float* right, long floats)
    {
        for (long i = 0; i < floats; i += S.Width)
        {
            S.Store(left + i, S.Add(S.Load(left + i), S.Load(right + i)));
        }
    }

    private static void CopyOut(float* from, nint ld, in GemmOperands product)
    {
        for (int i = 0; i < product.Rows; i++)
        {
            var row = new ReadOnlySpan<float>(from + (i * ld), product.Columns);
            row.CopyTo(new Span<float>(product.C + (i * product.CRow), product.Columns));
        }
    }
}
