namespace Distributed.Numerics.Kernels;

// The heights and widths of micro-tiles as types.

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
