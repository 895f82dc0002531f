using Distributed.Bench;
using Distributed.Bench.Benchmarks;
using Distributed.Bench.Compare;
using Distributed.Numerics.Kernels;

string command = args.Length > 0 ? args[0] : "gemm";
switch (command)
{
    case "gemm":
        InstructionSet set = args.Length > 1 ? Enum.Parse<InstructionSet>(args[1]) : InstructionSets.Best;
        GemmCommand.Run(set, args.Length > 2 ? int.Parse(args[2]) : 25, args.Length > 3 ? args[3] : "");
        return 0;
    case "benchmarks":
        return BenchmarksCommand.Run(args.Length > 1 ? args[1] : "");
    case "watch":
        Work.Watch(args[1..]);
        return 0;
    case "compare":
        return CompareCommand.Run(args[1..]);
    default:
        Console.Error.WriteLine(
            $"unknown command '{command}'; known: gemm [SET] [SAMPLES] [FILTER], benchmarks [FILTER], compare [--quick] [--rows KEY,KEY] [--write]");
        return 2;
}
