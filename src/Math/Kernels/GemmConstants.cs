namespace Distributed.Numerics.Kernels;

/// <summary>A number known when a kernel is compiled.</summary>
internal interface IGemmConstant
{
    static abstract int Value { get; }
}

/// <summary>How the rows of the broadcast operand lie, and what the vector operand is made of.</summary>
internal interface IGemmLayout
{
    /// <summary>True: the rows of one summed index are neighbours (ARow is 1). False: any ARow.</summary>
    static abstract bool Packed { get; }

    /// <summary>True: while it computes, the kernel asks for the next panel of A.</summary>
    static abstract bool FetchesNext { get; }

    /// <summary>True: the vector operand is read where it lies, and the kernel packs it on the way.</summary>
    static abstract bool PacksColumns { get; }

    /// <summary>True: the rows of the vector operand lie where the tile says.</summary>
    static abstract bool PlacesSteps { get; }

    /// <summary>True: the rows of C lie where the tile says.</summary>
    static abstract bool PlacesRows { get; }

    /// <summary>True: the vector operand is raw bytes, scaled while they are loaded. False: floats.</summary>
    static abstract bool IsOfBytes { get; }
}

internal readonly struct PackedRows : IGemmLayout
{
    public static bool Packed => true;

    public static bool FetchesNext => false;

    public static bool PacksColumns => false;

    public static bool PlacesSteps => false;

    public static bool PlacesRows => false;

    public static bool IsOfBytes => false;
}

internal readonly struct PackedRowsFetchingNext : IGemmLayout
{
    public static bool Packed => true;

    public static bool FetchesNext => true;

    public static bool PacksColumns => false;

    public static bool PlacesSteps => false;

    public static bool PlacesRows => false;

    public static bool IsOfBytes => false;
}

internal readonly struct PackedRowsPackingColumns : IGemmLayout
{
    public static bool Packed => true;

    public static bool FetchesNext => true;

    public static bool PacksColumns => true;

    public static bool PlacesSteps => false;

    public static bool PlacesRows => false;

    public static bool IsOfBytes => false;
}

internal readonly struct StridedRows : IGemmLayout
{
    public static bool Packed => false;

    public static bool FetchesNext => false;

    public static bool PacksColumns => false;

    public static bool PlacesSteps => false;

    public static bool PlacesRows => false;

    public static bool IsOfBytes => false;
}

internal readonly struct PackedRowsByBytes : IGemmLayout
{
    public static bool Packed => true;

    public static bool FetchesNext => false;

    public static bool PacksColumns => false;

    public static bool PlacesSteps => false;

    public static bool PlacesRows => false;

    public static bool IsOfBytes => true;
}

internal readonly struct StridedRowsPlacedSteps : IGemmLayout
{
    public static bool Packed => false;

    public static bool FetchesNext => false;

    public static bool PacksColumns => false;

    public static bool PlacesSteps => true;

    public static bool PlacesRows => false;

    public static bool IsOfBytes => false;
}

internal readonly struct PackedRowsPlacedRows : IGemmLayout
{
    public static bool Packed => true;

    public static bool FetchesNext => false;

    public static bool PacksColumns => false;

    public static bool PlacesSteps => false;

    public static bool PlacesRows => true;

    public static bool IsOfBytes => false;
}

internal readonly struct N1 : IGemmConstant
{
    public static int Value => 1;
}

internal readonly struct N2 : IGemmConstant
{
    public static int Value => 2;
}

internal readonly struct N3 : IGemmConstant
{
    public static int Value => 3;
}

internal readonly struct N4 : IGemmConstant
{
    public static int Value => 4;
}

internal readonly struct N5 : IGemmConstant
{
    public static int Value => 5;
}

internal readonly struct N6 : IGemmConstant
{
    public static int Value => 6;
}

internal readonly struct N7 : IGemmConstant
{
    public static int Value => 7;
}

internal readonly struct N8 : IGemmConstant
{
    public static int Value => 8;
}

internal readonly struct N9 : IGemmConstant
{
    public static int Value => 9;
}

internal readonly struct N10 : IGemmConstant
{
    public static int Value => 10;
}

internal readonly struct N11 : IGemmConstant
{
    public static int Value => 11;
}

internal readonly struct N12 : IGemmConstant
{
    public static int Value => 12;
}
