using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Peers;

/// <summary>MNIST's 10,000 test digits.</summary>
internal static class TestDigits
{
    private static readonly Lazy<Dataset> Digits = new(Read);

    /// <summary>10,000×784 raw pixels, 0 to 255.</summary>
    public static float[] Pixels => Array.ConvertAll(Digits.Value.Bytes!, pixel => (float)pixel);

    /// <summary>The digits with their labels.</summary>
    public static Dataset All => Digits.Value;

    private static Dataset Read()
    {
        IdxFolder folder = new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory).Find();
        return IdxDataset.ReadBoth(folder).Test!;
    }
}
