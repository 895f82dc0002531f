using Distributed.Protocol;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Coordinator.Transport;

/// <summary>Sends assignments over a stream, and before each the weights that it needs, if the worker has other ones.</summary>
internal sealed class WeightsSender(WeightsBuffer weights, IServerStreamWriter<CoordinatorFrame> output)
{
    private readonly float[] _copy = new float[weights.Values.Length];
    private WeightsVersion? _sent;

    /// <summary>
    /// Sends <paramref name="assignment"/>. One whose weights are already gone is left out: others have completed the step.
    /// </summary>
    internal async Task SendAsync(Assignment assignment, CancellationToken cancellation)
    {
        if (_sent != assignment.Version)
        {
            if (!TryCopy(assignment.Version))
            {
                return;
            }

            _sent = assignment.Version;
            var header = new FromCoordinator { Weights = new WeightsHeader { Version = assignment.Version.Value } };
            output.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
            await output.WriteAsync(new CoordinatorFrame(header, _copy), cancellation).ConfigureAwait(false);
            output.WriteOptions = null;
        }

        await output.WriteAsync(new CoordinatorFrame(MessageOf(assignment)), cancellation).ConfigureAwait(false);
    }

    /// <summary>A copy that was whole before and after is whole: what is torn is never sent.</summary>
    private bool TryCopy(WeightsVersion version)
    {
        if (!weights.Holds(version))
        {
            return false;
        }

        weights.Values.CopyTo(_copy);
        return weights.Holds(version);
    }

    private static FromCoordinator MessageOf(Assignment assignment) => new()
    {
        Assignment = new AssignmentMessage
        {
            Step = assignment.Step.Value,
            WeightsVersion = assignment.Version.Value,
            FirstMicrobatch = assignment.Microbatches.First,
            Microbatches = assignment.Microbatches.Count,
        },
    };
}
