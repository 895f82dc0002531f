using System.Numerics;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Products of raw bytes X, a sample a row, with a few columns: the lanes run along the samples forward and along the features for the weight
/// gradient, and the bytes become floats on the way into a register. Both compute Cᵀ and transpose it into place.
/// <code>
///   forward    Zᵀ = Wᵀ·Xᵀ     X transposed in pieces of two registers of samples, as bytes: in the nearest cache
///   gradient   dWᵀ = dZᵀ·X    X as it lies, a tile of two registers of features after the other
/// </code>
/// </summary>
internal sealed unsafe class GemmBytes<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmBuffer _panel = new();
    private readonly GemmBuffer _transposed = new();
    private readonly GemmBuffer _stack = new();
    private readonly GemmAhead _ahead = new();

    private static int TileColumns => 2 * S.Width;

    /// <summary>True where there are lanes to fill and C has few enough columns.</summary>
    public static bool Takes(int columns) => S.Width > 1 && columns <= GemmKernels<S, V>.TransposedColumnsMax;

    /// <summary>C = X·B, then the epilogue.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="ld">Bytes between two samples.</param>
    /// <param name="scale">What a byte stands for.</param>
    /// <param name="product">Samples×columns; its A is x.</param>
    /// <param name="ahead">Where the samples lie that come after these.</param>
    public void Forward(byte* x, nint ld, ByteScale scale, in GemmOperands product, ReadOnlySpan<nint> ahead)
    {
        nint registerBytes = Padded(product.K) * S.Width;
        byte* panel = (byte*)_panel.Reserve(2 * registerBytes / sizeof(float));
        float* transposed = _transposed.Reserve((long)product.Columns * TileColumns);
        GemmTile tile = Tile(product, scale);
        tile.AStep = product.BStep;
        tile.B = (float*)panel;
        tile.BStep = S.Width;
        tile.BSecond = registerBytes;
        tile.CRow = TileColumns;
        tile.Tiles = 1;
        _ahead.AskNothing(ref tile, panel);
        for (int i = 0; i < product.Rows; i += TileColumns)
        {
            int samples = System.Math.Min(TileColumns, product.Rows - i);
            GemmPacking<S, V>.ByteColumns(x + (i * ld), ld, System.Math.Min(samples, S.Width), product.K, panel);
            if (samples > S.Width)
            {
                GemmPacking<S, V>.ByteColumns(x + ((i + S.Width) * ld), ld, samples - S.Width, product.K, panel + registerBytes);
            }

            int registers = samples > S.Width ? 2 : 1;
            if (i < ahead.Length)
            {
                _ahead.Ask(ref tile, ahead[i..], product.K, product.K);
            }

            Columns(product, tile, transposed, registers);
            GemmEpilogueKernel<S, V>.ApplyTransposed(product, transposed, TileColumns, registers);
            GemmPacking<S, V>.TransposeOut(
                transposed, TileColumns, product.Columns, samples, product.C + (i * product.CRow), product.CRow);
        }
    }

    /// <summary>C = Xᵀ·B, its leaves joined over the tree.</summary>
    /// <param name="x">As in <see cref="Forward"/>.</param>
    /// <param name="ld">As in <see cref="Forward"/>.</param>
    /// <param name="scale">As in <see cref="Forward"/>.</param>
    /// <param name="product">Features×columns; its A is x.</param>
    public void Gradient(byte* x, nint ld, ByteScale scale, in GemmOperands product)
    {
        int tiles = (product.Rows + TileColumns - 1) / TileColumns;
        int width = tiles * TileColumns;
        float* transposed = _transposed.Reserve((long)product.Columns * width);
        if (product.Accumulate)
        {
            GemmPacking<S, V>.Columns(product.C, 1, product.CRow, product.Columns, product.Rows, width, transposed);
        }

        GemmTile tile = Tile(product, scale);
        tile.AStep = product.BStep;
        tile.B = (float*)x;
        tile.BStep = ld;
        tile.BSecond = S.Width;
        tile.BTile = TileColumns;
        tile.CRow = width;
        tile.CTile = TileColumns;
        tile.Tiles = tiles;
        _ahead.AskNothing(ref tile, x);
        Columns(product, tile, transposed, registers: 2);
        GemmPacking<S, V>.TransposeOut(transposed, width, product.Columns, product.Rows, product.C, product.CRow);
    }

    private static nint Padded(int steps) => (steps + ByteMatrix.LdUnit - 1) / ByteMatrix.LdUnit * ByteMatrix.LdUnit;

    private GemmTile Tile(in GemmOperands product, ByteScale scale) => new()
    {
        ARow = 1,
        ByteOffset = scale.Offset,
        ByteFactor = scale.Factor,
        First = product.First,
        Ends = product.Ends,
        Leaves = product.Leaves,
        Accumulate = product.Accumulate,
        Stack = _stack.Reserve((long)GemmKernels<S, V>.RowsMax * TileColumns * (1 + BitOperations.Log2((uint)product.Leaves))),
    };

    /// <summary>The columns of C, which are the rows of the tiles: one tile high, or two of nearly the same height.</summary>
    private static void Columns(in GemmOperands product, GemmTile tile, float* transposed, int registers)
    {
        var split = new GemmRowSplit(product.Columns, GemmKernels<S, V>.RowsMax);
        tile.A = product.B;
        tile.C = transposed;
        for (int t = 0; t < split.Tiles; t++)
        {
            int height = split.HeightOf(t);
            GemmKernels<S, V>.For<PackedRowsByBytes>(height, registers)(&tile);
            tile.A += height;
            tile.C += height * tile.CRow;
        }
    }
}
