namespace Distributed.Coordinator.Charts;

/// <summary>The rectangle of a chart that its axes span, in the drawing's units; y grows downwards.</summary>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom, Axis X, Axis Y)
{
    public double PlaceX(double value) => Left + (X.Place(value) * (Right - Left));

    public double PlaceY(double value) => Bottom - (Y.Place(value) * (Bottom - Top));
}
