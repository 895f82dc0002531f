using Akka.Actor.Setup;

namespace Distributed.Clustering;

/// <summary>Brings the clock to what Akka makes itself.</summary>
internal sealed class ClockSetup(TimeProvider time) : Setup
{
    internal TimeProvider Time => time;
}
