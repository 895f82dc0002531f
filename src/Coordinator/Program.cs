using Distributed.Coordinator.Cluster;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Terminal;

string version = typeof(CommandLine).Assembly.GetName().Version!.ToString(3);
var mnist = new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory);
ConsoleStream error = SystemConsole.Error();
using var interrupts = new ProcessInterrupts(() =>
{
    error.EraseRegion();
    Environment.Exit(ExitCode.Interrupted);
});
var health = new RunHealth(TimeProvider.System);
var session = new TrainingSession(mnist, TimeProvider.System, Environment.ProcessorCount, version, args) { Health = health };
return await CommandLine.RunAsync(args, new CommandEnvironment
{
    OpenInput = Console.OpenStandardInput,
    Output = SystemConsole.Output(),
    Error = error,
    Time = TimeProvider.System,
    Interrupts = interrupts,
    Session = new ProbedSession(ClusterEdition.Extend(session, TimeProvider.System), health),
    Trials = new TrialSource(mnist, TimeProvider.System, Environment.ProcessorCount, version),
    Models = new TrainedModels(mnist, Environment.ProcessorCount),
    Cores = Environment.ProcessorCount,
    InvokedAs = Invocation.Name(
        Environment.ProcessPath,
        Path.Combine(AppContext.BaseDirectory, $"{CommandLine.ProgramName}.dll"),
        Environment.CurrentDirectory,
        Environment.GetEnvironmentVariable("PATH")),
    Version = version,
}).ConfigureAwait(false);
