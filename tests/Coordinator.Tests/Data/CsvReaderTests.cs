using System.Text;
using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Data;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("1,0,255\n0,7,8\n")]
    [InlineData("1,0,255\r\n0,7,8")]
    [InlineData("label,a,b\n1,0,255\n0,7,8\n")]
    [InlineData("label;a;b\n1;0;255\n0;7;8\n")]
    [InlineData("label\ta\tb\n1\t0\t255\n0\t7\t8\n")]
    [InlineData("\"label\",\"a,x\",\"b\"\"y\"\n\"1\",\"0\",\"255\"\n\"0\",7,8\n")]
    [InlineData("\uFEFFlabel,a,b\n\n1, 0 , 255\n   \n0,007,8.0\n\n")]
    [InlineData(",label,b\n1,0e0,2.55e2\n+0,7,8\n")]
    public void ReadsWholeNumbersAsBytes(string text)
    {
        Dataset data = Read(text);

        Assert.Equal([0, 255, 7, 8], data.Bytes!);
        Assert.Equal([1, 0], data.Labels);
        Assert.Equal(2, data.Features);
        Assert.Equal(2, data.Classes);
    }

    [Theory]
    [InlineData("0.5", 0.5f)]
    [InlineData("-3", -3f)]
    [InlineData("256", 256f)]
    [InlineData("1e-3", 0.001f)]
    [InlineData("-1.5E+10", -1.5e10f)]
    [InlineData("3.4028234e38", float.MaxValue)]
    public void OneOtherNumberMakesAllFeaturesFloats(string number, float value)
    {
        Dataset data = Read($"0,1,2\n1,3,{number}\n2,4,5\n");

        Assert.Null(data.Bytes);
        Assert.Equal([1f, 2f, 3f, value, 4f, 5f], data.Floats!);
        Assert.Equal([0, 1, 2], data.Labels);
    }

    [Theory]
    [InlineData("a,b,digit\n7,8,1\n", "digit")]
    [InlineData("a,b,Digit\n7,8,1\n", "digit")]
    [InlineData("a,b,digit\n7,8,1\n", "3")]
    [InlineData("7,8,1\n", "3")]
    [InlineData("a,1,digit\n7,1,8\n", "1")]
    [InlineData("0,1,class\n7,8,1\n", "class")]
    public void TheLabelColumnIsFoundByNameThenByNumber(string text, string column)
    {
        Dataset data = Read(text, column);
        Assert.Equal([1], data.Labels);
        Assert.Equal([7, 8], data.Bytes!);
    }

    [Fact]
    public void AnyNumberOfFeaturesAndClasses()
    {
        Assert.Equal(1, Read("0,5\n1,6\n").Features);
        Assert.Equal(3000, Read("65535," + string.Join(',', Enumerable.Repeat("9", 3000))).Features);
        Assert.Equal(65536, Read("65535,1\n").Classes);
    }

    [Fact]
    public void ALongLineOutgrowsTheBuffer()
    {
        string row = string.Join(',', Enumerable.Repeat("12", 200_000));
        Dataset data = Read($"1,{row}\n0,{row}\n");
        Assert.Equal(200_000, data.Features);
        Assert.Equal(2, data.Count);
        Assert.DoesNotContain(data.Bytes!, value => value != 12);
    }

    [Fact]
    public void TextInANumberIsNamed()
    {
        Bad.Input(() => Read("label,a,b\n1,2,3\n1,x7,3\n"), "f.csv", "line 3", "column 2", "\"a\"", "\"x7\"", "not a number");
        Bad.Input(() => Read("1,2,3\n1,2,3 4\n"), "f.csv", "line 2", "column 3", "\"3 4\"");
        Bad.Input(() => Read("1;2;3\n1;2,5;3\n"), "line 2", "column 2", "\"2,5\"");
        Bad.Input(() => Read("1,2,3\ncat,2,3\n"), "line 2", "column 1", "\"cat\"", "--label-column");
        Bad.Input(() => Read("1,2,three\n1,2,3\n"), "line 1", "column 3", "\"three\"");
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("-inf")]
    [InlineData("Infinity")]
    [InlineData("1e39")]
    public void WhatIsNotFiniteIsNamed(string number) =>
        Bad.Input(() => Read($"1,2\n0,{number}\n"), "f.csv", "line 2", "column 2", $"\"{number}\"", "finite", "3.4e38");

    [Fact]
    public void RaggedRowsAreNamed()
    {
        Bad.Input(() => Read("label,a,b\n1,2,3\n1,2\n"), "f.csv", "line 3", "2 fields", "has 3");
        Bad.Input(() => Read("1,2,3\n1,2,3,4\n"), "f.csv", "line 2", "4 fields", "has 3");
        Bad.Input(() => Read("1,2,3\n1,2,\n"), "f.csv", "line 2", "column 3", "empty");
        Bad.Input(() => Read("1,2,3,4,5,6\n1\n1\n1\n1\n1\n"), "f.csv", "line 2", "1 fields", "has 6");
    }

    [Theory]
    [InlineData("-1", "0 to 65535")]
    [InlineData("1.5", "whole number")]
    [InlineData("65536", "0 to 65535")]
    public void LabelsOutOfRangeAreNamed(string label, string allowed) =>
        Bad.Input(() => Read($"y,a\n1,2\n{label},2\n"), "f.csv", "line 3", "column 1", "\"y\"", $"\"{label}\"", allowed, "--label-column");

    [Fact]
    public void ATestLabelMustBeAClassOfTheTrainingData()
    {
        LabelRule rule = LabelRule.TestFor(Dataset.OfBytes(1, 3, [0, 0, 0], [0, 1, 2]));
        Assert.Equal(3, Read("1,5\n", rule: rule).Classes);
        Bad.Input(() => Read("1,5\n3,5\n", rule: rule), "f.csv", "line 2", "\"3\"", "0 to 2");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n  \n", "empty")]
    [InlineData("label,a,b\n", "header", "no sample")]
    [InlineData("5\n6\n", "line 1", "only one column")]
    [InlineData("label,a\n1,\"2\n3,4\n", "line 2", "column 2", "quote")]
    [InlineData("label,\"a\n1,2\n", "line 1", "column 2", "quote")]
    [InlineData("label,a\n1,\"2\"3\n", "line 2", "column 2", "quote")]
    public void FilesWithoutSamplesAndOpenQuotesAreNamed(string text, params string[] facts) =>
        Bad.Input(() => Read(text), ["f.csv", .. facts]);

    [Fact]
    public void OtherKindsOfFileAreRecognized()
    {
        Bad.Input(() => Read([0xFF, 0xFE, (byte)'1', 0]), "f.csv", "byte 0", "UTF-16", "UTF-8");
        Bad.Input(() => Read(Idx.Gzip("1,2\n"u8.ToArray())), "f.csv", "byte 0", "gzip");
        Bad.Input(() => Read("PK\u0003\u0004"u8.ToArray()), "f.csv", "byte 0", "zip");
    }

    [Fact]
    public void AnUnknownLabelColumnIsNamedWithTheNearestOnes()
    {
        Bad.Input(() => Read("label,a\n1,2\n", "lable"), "f.csv", "\"lable\"", "--label-column", "\"label\"", "1 to 2");
        Bad.Input(() => Read("label,a\n1,2\n", "9"), "f.csv", "\"9\"", "1 to 2");
        Bad.Input(() => Read("1,2\n1,2\n", "label"), "f.csv", "\"label\"", "no header", "1 to 2");
        Bad.Input(() => Read("1,2\n1,2\n", "0"), "f.csv", "\"0\"", "1 to 2");
    }

    [Fact]
    public void TooManyColumnsAreNamed() =>
        Bad.Input(() => Read(new string(',', DatasetLimits.FeaturesMax + 1)), "f.csv", "line 1", $"{DatasetLimits.FeaturesMax} features");

    [Fact]
    public void ALineWithoutEndStopsAtTheLimit()
    {
        using var endless = new MemoryStream(new byte[DatasetLimits.CsvLineBytesMax + 1]);
        void Read() => CsvReader.Read(endless, "f.csv", null, LabelRule.Training);
        Bad.Input(Read, "f.csv", "line 1", $"{DatasetLimits.CsvLineBytesMax} bytes");
    }

    private static Dataset Read(string text, string? column = null, LabelRule? rule = null) =>
        Read(Encoding.UTF8.GetBytes(text), column, rule);

    private static Dataset Read(byte[] text, string? column = null, LabelRule? rule = null)
    {
        using var file = new MemoryStream(text);
        return CsvReader.Read(file, "f.csv", column, rule ?? LabelRule.Training);
    }
}
