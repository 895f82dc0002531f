using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Treats all children as the one that failed.</summary>
public class AllForOneStrategy(
    int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
    : SupervisorStrategy(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled)
{
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), localOnlyDecider)
    {
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    internal override void RestartOrStop(ActorCell supervisor, bool restart, ChildRestartStats child, Exception cause)
    {
        var children = supervisor.Children.All();
        if (!restart || !children.All(MayRestart))
        {
            foreach (var one in children) supervisor.Stop(one.Child);
            return;
        }

        foreach (var one in children)
        {
            if (one != child) one.Child.SendSystemMessage(new Suspend());
            one.Child.SendSystemMessage(new Recreate(cause));
        }
    }
}
