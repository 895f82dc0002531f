using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Terminal;

string version = typeof(CommandLine).Assembly.GetName().Version!.ToString(3);
using var interrupts = new ProcessInterrupts(() => Environment.Exit(ExitCode.Interrupted));
return await CommandLine.RunAsync(args, new CommandEnvironment
{
    Output = SystemConsole.Output(),
    Error = SystemConsole.Error(),
    Time = TimeProvider.System,
    Interrupts = interrupts,
    Session = new TrainingSession(
        new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory), TimeProvider.System, Environment.ProcessorCount, version, args),
    Cores = Environment.ProcessorCount,
    InvokedAs = Invocation.Name(Environment.ProcessPath, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH")),
    Version = version,
}).ConfigureAwait(false);
