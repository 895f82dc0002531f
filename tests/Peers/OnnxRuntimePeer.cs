using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;

namespace Distributed.Peers;

/// <summary>ONNX Runtime, in its WebAssembly build.</summary>
internal static class OnnxRuntimePeer
{
    /// <summary>
    /// Exports the model and runs it there: rows×classes outputs. Batches of several sizes go through one session, since the number of
    /// samples is open.
    /// </summary>
    /// <param name="features">rows×inputs.</param>
    public static float[] Predict(TrainedModel model, OnnxOptions options, float[] features)
    {
        using var scratch = new ScratchFolder();
        ModelExport.WriteFile(model, ExportFormat.Onnx, scratch["model.onnx"], options);
        string path = scratch.WriteFloats("features.f32", features);
        string columns = $"{model.Shape.Inputs}";
        string report = NodePeer.Run("predict.mjs", scratch["model.onnx"], path, columns, scratch["output.f32"], "1", "7", "1000");
        Assert.Contains($"\"output\":\"{(options.Softmax ? OnnxExport.Probabilities : OnnxExport.Logits)}\"", report);
        Assert.Contains($"\"input\":\"{OnnxExport.Input}\"", report);
        return scratch.ReadFloats("output.f32");
    }
}
