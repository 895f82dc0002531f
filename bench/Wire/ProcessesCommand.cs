using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Distributed.Bench.Wire;

/// <summary>Steps per second of scratch-mlp with workers in processes of their own against one worker in process: the real programs, in turns.</summary>
internal static class ProcessesCommand
{
    private const int Epochs = 4;
    private const int SamplesPerStep = 32;

    private static readonly (string What, int Workers, int Guests)[] Ways =
    [
        ("1 worker in process", 1, 0),
        ("2 worker processes, shared memory", 2, 0),
        ("1 worker over the network", 1, 1),
        ("2 workers over the network", 2, 2),
    ];

    public static void Run(int rounds)
    {
        var speeds = Ways.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int way = 0; way < Ways.Length; way++)
                speeds[way].AddRange(StepsPerSecond(Ways[way].Workers, Ways[way].Guests, inProcess: way == 0));
        }
        double[] medians = [.. speeds.Select(list => list.Order().ElementAt(list.Count / 2))];
        Console.WriteLine($"{"scratch-mlp",-36} {"steps/s",9} {"ratio",7}");
        for (int way = 0; way < Ways.Length; way++)
            Console.WriteLine($"{Ways[way].What,-36} {medians[way],9:N0} {medians[way] / medians[0],7:0.00}");
    }

    /// <summary>Of every epoch but the first, which compiles.</summary>
    private static List<double> StepsPerSecond(int workers, int guests, bool inProcess)
    {
        string folder = Directory.CreateTempSubdirectory("wire-").FullName;
        try
        {
            int port = FreePort();
            string[] way = inProcess ? ["--single-process"] : guests > 0 ? ["--listen", $"127.0.0.1:{port}"] : [];
            using Process coordinator = Start(
                "coordinator.dll", ["--workers", $"{workers}", "--epochs", $"{Epochs}", "--run-dir", $"{folder}/run", .. way]);
            Process[] started = [.. Enumerable.Range(1, guests).Select(guest => StartGuest(guest, port))];
            coordinator.WaitForExit();
            foreach (Process guest in started)
            {
                guest.WaitForExit();
                guest.Dispose();
            }
            return coordinator.ExitCode == 0
                ? Read($"{folder}/run/metrics.jsonl")
                : throw new InvalidOperationException($"coordinator ended with {coordinator.ExitCode}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<double> Read(string metrics)
    {
        var speeds = new List<double>();
        foreach (string line in File.ReadLines(metrics))
        {
            using var record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("type").GetString() == "epoch" && record.RootElement.GetProperty("epoch").GetInt32() > 1)
                speeds.Add(record.RootElement.GetProperty("samples_per_second").GetDouble() / SamplesPerStep);
        }
        return speeds;
    }

    private static Process StartGuest(int number, int port) =>
        Start("worker.dll", ["--coordinator", $"127.0.0.1:{port}", "--name", $"guest-{number}", "--threads", "1"]);

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
