using Distributed.Coordinator.Membership;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>Gives every wait an owner: after a second, and then ever less often, says for whom the open step is waited.</summary>
internal sealed class WaitReport(ITrainingEffects effects, WorkerRoster roster, StepLedger ledger, StepAudit audit, StepWatch watch)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private TimeSpan _next;

    /// <summary>It is <paramref name="now"/>, and <paramref name="step"/> is open.</summary>
    internal void Tick(TimeSpan now, StepNumber step)
    {
        if (watch.Waited < First)
        {
            _next = First;
        }
        else if (watch.Waited >= _next)
        {
            _next = watch.Waited * 2;
            ReportNobody(step);
            ReportCoordinator(step);
            foreach (WorkerId worker in roster.Live)
            {
                ReportWorker(now, step, worker);
            }
        }
    }

    private void ReportNobody(StepNumber step)
    {
        if (!roster.HasHadWorkers)
        {
            effects.Report(new RunEvent("no_worker_yet", $"{Waiting(step)} the first worker to join"));
        }
        else if (roster.Live.Count == 0)
        {
            effects.Report(new RunEvent("no_worker", $"{Waiting(step)} a worker to join; none is there"));
        }
    }

    private void ReportCoordinator(StepNumber step)
    {
        string missing = audit.MissingFromCoordinator();
        if (missing.Length > 0)
        {
            effects.Report(new RunEvent("waiting", $"{Waiting(step)} the coordinator's own computation of microbatches {missing}"));
        }
    }

    private void ReportWorker(TimeSpan now, StepNumber step, WorkerId worker)
    {
        string missing = string.Join(',', new[] { ledger.MissingFrom(worker), audit.MissingFrom(worker) }.Where(list => list.Length > 0));
        if (missing.Length == 0)
        {
            return;
        }

        LiveWorker details = roster[worker];
        string heard = details.LastHeartbeat is { } last ? $", last heartbeat {(now - last).TotalSeconds:F1} s ago" : "";
        effects.Report(new RunEvent("waiting", $"{Waiting(step)} microbatches {missing} from {worker} ({details.Name}){heard}", worker));
    }

    private string Waiting(StepNumber step) => $"step {step.Value}: waiting {watch.Waited.TotalSeconds:F1} s for";
}
