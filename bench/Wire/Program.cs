using Distributed.Bench.Wire;

const string Help = """
    Measures the way between coordinator and workers, as ratios in one run:

      wire stream [ROUNDS]               the training stream against a bare HTTP/2 stream, tensors checked and all
      wire processes [ROUNDS]            steps per second with worker processes, by shared memory and by network, against one worker in process
      wire kill [KILLS]                  from kill -9 of a worker process to the next step that is done without it
      wire grpc [ROUNDS] [WINDOW ...]    compat/Grpc against a bare HTTP/2 stream; 0: the default windows

    Give it a quiet machine.
    """;
int? number = args.Length > 1 ? int.Parse(args[1]) : null;
switch (args.FirstOrDefault())
{
    case "stream":
        await StreamCommand.RunAsync(number ?? 9);
        return 0;
    case "processes":
        ProcessesCommand.Run(number ?? 3);
        return 0;
    case "kill":
        return await KillCommand.RunAsync(number ?? 50);
    case "grpc":
        await GrpcCommand.RunAsync(number ?? 5, args.Length > 2 ? [.. args[2..].Select(int.Parse)] : [0, 4 * 1024 * 1024]);
        return 0;
    default:
        Console.WriteLine(Help);
        return args.Length == 0 ? 0 : 2;
}
