namespace Distributed.Bench.Scaling;

/// <summary>Seconds of an epoch with so many workers on as many cores; NaN where it was not measured.</summary>
/// <param name="Workers">Workers, and cores.</param>
/// <param name="OneProcess">Ours, workers as threads.</param>
/// <param name="Processes">Ours, workers as processes.</param>
/// <param name="Peer">DistributedDataParallel with as many processes.</param>
internal sealed record ScalingPoint(int Workers, double OneProcess, double Processes, double Peer);

/// <summary>One case, measured.</summary>
internal sealed record ScalingCurve(ScalingCase Case, IReadOnlyList<ScalingPoint> Points, string Noise);
