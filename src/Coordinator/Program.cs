using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Terminal;
using Distributed.Protocol;

using var interrupts = new ProcessInterrupts(() => Environment.Exit(ExitCode.Interrupted));
return await CommandLine.RunAsync(args, new CommandEnvironment
{
    Output = SystemConsole.Output(),
    Error = SystemConsole.Error(),
    Time = TimeProvider.System,
    Interrupts = interrupts,
    Session = new NoTrainingSession(),
    Cores = Environment.ProcessorCount,
    InvokedAs = Invocation.Name(Environment.ProcessPath, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH")),
    Version = typeof(CommandLine).Assembly.GetName().Version!.ToString(3),
}).ConfigureAwait(false);

file sealed class NoTrainingSession : ITrainingSession
{
    public Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop) =>
        throw new InputException("this build does not train");
}
