using System.Globalization;
using System.Text;
using Distributed.Coordinator.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Data;

public sealed class CsvNumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("255")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("0.000000000000001")]
    [InlineData("16777217")]
    [InlineData("16777217.0000001")]
    [InlineData("8388608.5")]
    [InlineData("8388609.5")]
    [InlineData("999999999999999")]
    [InlineData("9999999999999999")]
    [InlineData("1e-45")]
    [InlineData("1.17549435E-38")]
    public void RoundsToTheNearestFloat(string text) => AssertSameAsFramework(text);

    [Theory]
    [InlineData("", CsvFieldKind.Empty)]
    [InlineData("nan", CsvFieldKind.NotFinite)]
    [InlineData("+Inf", CsvFieldKind.NotFinite)]
    [InlineData("∞", CsvFieldKind.NotFinite)]
    [InlineData("-1e40", CsvFieldKind.NotFinite)]
    [InlineData("-", CsvFieldKind.Text)]
    [InlineData(".", CsvFieldKind.Text)]
    [InlineData("1.2.3", CsvFieldKind.Text)]
    [InlineData("1,000", CsvFieldKind.Text)]
    [InlineData("0x10", CsvFieldKind.Text)]
    [InlineData("1\0", CsvFieldKind.Text)]
    [InlineData("--1", CsvFieldKind.Text)]
    [InlineData("١", CsvFieldKind.Text)]
    public void TellsWhatIsNoNumber(string text, CsvFieldKind kind) =>
        Assert.Equal(kind, CsvNumber.Parse(Encoding.UTF8.GetBytes(text), out _));

    /// <summary>Decimals of every length, and the exact halves between two floats, where rounding twice would show.</summary>
    [Fact]
    public void AgreesWithTheFrameworkOnRandomDecimals()
    {
        Gen<string> decimals = from digits in Gen.Choose(0, int.MaxValue)
                               from more in Gen.Choose(0, 9999)
                               from point in Gen.Choose(0, 14)
                               from negative in Gen.Choose(0, 1)
                               select (negative == 1 ? "-" : "") + $"{digits}{more}".PadLeft(15, '0').Insert(point, ".");
        Prop.ForAll(decimals.ToArbitrary(), AssertSameAsFramework).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        Gen<string> halves = from bits in Gen.Choose(0x3F800000, 0x4B000000)
                             let low = (double)BitConverter.Int32BitsToSingle(bits)
                             let high = (double)BitConverter.Int32BitsToSingle(bits + 1)
                             select ((low + high) / 2).ToString("F15", CultureInfo.InvariantCulture).TrimEnd('0');
        Prop.ForAll(halves.ToArbitrary(), AssertSameAsFramework).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static void AssertSameAsFramework(string text)
    {
        float expected = float.Parse(text, CultureInfo.InvariantCulture);
        Assert.Equal(CsvFieldKind.Number, CsvNumber.Parse(Encoding.UTF8.GetBytes(text), out float actual));
        bool same = BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
        Assert.True(same, $"{text}: {expected:R} and {actual:R}");
    }
}
