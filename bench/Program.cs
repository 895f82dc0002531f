using Distributed.Bench;
using Distributed.Bench.Benchmarks;
using Distributed.Bench.Compare;
using Distributed.Bench.Scaling;
using Distributed.Numerics.Kernels;

const string usage = """
    bench gemm [SET] [SAMPLES] [FILTER]   GFLOP/s per product beside the FMA peak and OpenBLAS.
                                          SET: Scalar, Vector128, Vector256, Vector512 (default: the widest).
                                          FILTER: part of a product's name, or products as NN:M:N:K, TN:M:N:K:leaves.
    bench benchmarks [FILTER]             BenchmarkDotNet over the kernels, the data path and the whole step.
    bench compare [--quick] [--rows KEY,KEY] [--write]
                                          every goal beside its peer; --write puts the table into docs/performance.md.
    bench scaling [--rounds N] [--no-peers] [--write]
                                          1, 2, 4 ... workers on as many cores; --write puts the table into docs/performance.md.
    """;
switch (args.Length > 0 ? args[0] : "gemm")
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
    case "scaling":
        return ScalingCommand.Run(args[1..]);
    default:
        Console.Error.WriteLine(usage);
        return 2;
}
