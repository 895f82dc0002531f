namespace Distributed.Coordinator.Web;

/// <summary>
/// What other programs count. As of the last line of the metrics: what is shown here is in the run's folder, so that a resumed run goes on with it
/// and no counter ever goes back.
/// </summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Samples">Samples trained on in them.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Seconds">Time that the run has taken.</param>
public readonly record struct RunTotals(long Steps, long Samples, long Epochs, double Seconds);
