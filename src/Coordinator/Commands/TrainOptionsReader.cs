using Distributed.Coordinator.Fencing;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tuning;
using Distributed.Coordinator.Web;
using Distributed.Health;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Commands;

/// <summary>Understands the values of a train command line.</summary>
public sealed class TrainOptionsReader(TrainOptionSet options)
{
    private const int WorkersMax = 1024;

    /// <param name="command">The command line.</param>
    /// <param name="cores">The default number of workers.</param>
    /// <exception cref="InputException">A value is not allowed, or two options do not go together.</exception>
    public TrainOptions Read(ParsedCommand command, int cores)
    {
        ClusterOptions? cluster = ReadCluster(command);
        bool isStandby = cluster is { Role: NodeRole.Standby };
        bool isSupervised = command.Has(options.ResumeIfExists) && !isStandby;
        string? resume = isSupervised ? RunToResume(command) : command.Text(options.Resume);
        if (isStandby)
        {
            RefuseChangesOfStandby(command);
        }
        else if (isSupervised && resume is not null)
        {
            RefuseAnotherRecipe(command, resume);
        }
        else if (resume is not null)
        {
            RefuseChangesOnResume(command, resume);
        }

        RefuseListeningAlone(command);
        return new TrainOptions
        {
            Workers = command.Value(options.Workers)?.WholeNumber(1, WorkersMax) ?? Math.Min(cores, WorkersMax),
            SingleProcess = command.Has(options.SingleProcess),
            Listen = command.Text(options.Listen),
            Spawn = command.Value(options.Spawn)?.WholeNumber(0, WorkersMax),
            JoinTokenFile = command.Text(options.JoinTokenFile),
            TlsCertificate = command.Text(options.TlsCertificate),
            TlsKey = command.Text(options.TlsKey),
            TlsAuthority = command.Text(options.TlsAuthority),
            Insecure = command.Has(options.Insecure),
            Cluster = cluster,
            TensorBoard = command.Has(options.TensorBoard),
            Dashboard = command.Has(options.Dashboard) ? command.Text(options.Dashboard) ?? DashboardSettings.DefaultAddress : null,
            DashboardTokenFile = command.Text(options.DashboardTokenFile),
            Health = command.Text(options.Health) is { } health ? HealthAddress.Parse(health) : null,
            AuditFraction = command.Value(options.Audit)?.Share() ?? 0,
            CheckpointEverySteps = command.Value(options.CheckpointEvery)?.WholeNumber(1),
            Recipe = resume is null && !isStandby ? ReadRecipe(command) : null,
            InitFrom = command.Text(options.InitFrom),
            Data = command.Text(options.Data),
            TestData = command.Text(options.TestData),
            LabelColumn = command.Text(options.LabelColumn),
            RunDirectory = isStandby ? command.Text(options.RunDirectory) : resume is null ? NewRunDirectory(command) : null,
            Resume = resume is null ? null : ExistingRun(resume),
            IsSupervised = isSupervised,
        };
    }

    /// <summary>The recipe, with every option that was given applied over it.</summary>
    private Recipe ReadRecipe(ParsedCommand command)
    {
        Recipe recipe = RecipeCatalog.Load(command.Text(options.RecipeName) ?? RecipeCatalog.DefaultName);
        foreach ((RecipeSetting setting, CommandOption option) in options.RecipeOptions)
        {
            recipe = command.Value(option) is { } value ? setting.Apply(recipe, value) : recipe;
        }

        foreach ((RecipeSetting setting, CommandOption option) in options.RecipeOptions)
        {
            if (command.Has(option) && !setting.HasEffect(recipe))
            {
                throw new InputException($"{option.Name} has no effect without {setting.NeededFor}; add that or leave {option.Name} out");
            }
        }

        return recipe;
    }

    private ClusterOptions? ReadCluster(ParsedCommand command)
    {
        ClusterOptionSet names = options.Cluster;
        ClusterOptions? cluster = ClusterOptions.Read(
            command.Has(names.Cluster),
            command.Text(names.SeedNodes),
            command.Text(names.Role),
            command.Text(names.Own),
            NodeRole.Coordinator,
            NodeRole.Standby);
        return cluster is null || command.Has(options.Listen)
            ? cluster
            : throw new InputException($"{names.Cluster.Name} needs {options.Listen.Name} HOST:PORT: the cluster's workers bring their gradients there");
    }

    /// <summary>What a standby does is in the run's folder.</summary>
    private void RefuseChangesOfStandby(ParsedCommand command)
    {
        CommandOption? needless = options
            .RecipeOptions.Select(pair => pair.Option)
            .Concat([options.RecipeName, options.InitFrom, options.Resume, options.ResumeIfExists])
            .FirstOrDefault(command.Has);
        if (needless is not null)
        {
            throw new InputException($"{needless.Name} has no effect on a standby: it goes on with the run in --run-dir as it is; leave {needless.Name} out");
        }

        if (!command.Has(options.RunDirectory))
        {
            throw new InputException("--role standby needs --run-dir DIR: the coordinator's folder, on storage that both reach");
        }
    }

    private void RefuseChangesOnResume(ParsedCommand command, string resume)
    {
        CommandOption? recipeOption = options
            .RecipeOptions.Select(pair => pair.Option)
            .Prepend(options.RecipeName)
            .FirstOrDefault(command.Has);
        if (recipeOption is not null)
        {
            throw new InputException(
                $"{recipeOption.Name} cannot change a run that is resumed: {resume} keeps its own recipe; leave {recipeOption.Name} out, or start a new run"
            );
        }

        if (command.Has(options.InitFrom))
        {
            throw new InputException(
                "--init-from and --resume do not go together: a resumed run goes on with its own weights; leave --init-from out"
            );
        }

        if (command.Has(options.RunDirectory))
        {
            throw new InputException("--run-dir and --resume do not go together: a resumed run stays in its folder; leave --run-dir out");
        }
    }

    /// <summary>What --run-dir names, where it holds a run; null where a run can begin there.</summary>
    private string? RunToResume(ParsedCommand command)
    {
        string name = options.ResumeIfExists.Name;
        if (command.Has(options.Resume))
        {
            throw new InputException($"{options.Resume.Name} and {name} do not go together: {name} goes on with the run in --run-dir; leave one out");
        }

        string directory = command.Text(options.RunDirectory)
            ?? throw new InputException($"{name} needs {options.RunDirectory.Name} DIR: the folder that the run goes on in");
        return File.Exists(Path.Combine(directory, RunManifest.FileName)) ? directory : null;
    }

    /// <summary>A supervisor's command line names the recipe each time; it must be the one that the run was begun with.</summary>
    private void RefuseAnotherRecipe(ParsedCommand command, string directory)
    {
        if (!options.RecipeOptions.Select(pair => pair.Option).Prepend(options.RecipeName).Any(command.Has))
        {
            return;
        }

        Recipe asked = ReadRecipe(command);
        Recipe stored = RunManifest.Read(new FolderRunStore(directory)).Recipe;
        RecipeSetting? changed = RecipeSettings.All.FirstOrDefault(setting => setting.Format(asked) != setting.Format(stored));
        if (changed is not null)
        {
            throw new InputException(
                $"--run-dir {directory} holds a run with --{changed.Key} {changed.Format(stored)}, and this command line says {changed.Format(asked)}; "
                    + "give the run's own recipe, or another folder");
        }
    }

    private void RefuseListeningAlone(ParsedCommand command)
    {
        if (command.Has(options.SingleProcess) && options.ProcessOptions.FirstOrDefault(command.Has) is { } needless)
        {
            throw new InputException($"{needless.Name} and {options.SingleProcess.Name} do not go together: there are no other processes; leave one out");
        }

        RefuseAlone(command, options.ListenOptions, options.Listen);
        RefuseAlone(command, [options.DashboardTokenFile], options.Dashboard);
        RefuseAlone(command, options.PortOptions, options.Listen, options.Dashboard);
    }

    /// <summary>Options that have no effect unless one of <paramref name="needed"/> is given.</summary>
    private static void RefuseAlone(ParsedCommand command, IReadOnlyList<CommandOption> subject, params IReadOnlyList<CommandOption> needed)
    {
        if (!needed.Any(command.Has) && subject.FirstOrDefault(command.Has) is { } alone)
        {
            string names = string.Join(" or ", needed.Select(option => option.Name));
            throw new InputException($"{alone.Name} has no effect without {names}; add that or leave {alone.Name} out");
        }
    }

    private static string ExistingRun(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new InputException(
                $"--resume {directory} is not a folder; give the folder of a run, as runs/{RecipeCatalog.DefaultName}-1"
            );
        }

        return File.Exists(Path.Combine(directory, "run.json"))
            ? directory
            : throw new InputException(
                $"--resume {directory} holds no run: it has no run.json; "
                    + (File.Exists(Path.Combine(directory, TuningManifest.FileName))
                        ? $"it is a tuning, which goes on with {CommandLine.ProgramName} tune --resume {directory}"
                        : "give the folder that --run-dir named or that training printed")
            );
    }

    /// <summary>What a coordinator leaves that was killed before it had written run.json.</summary>
    private static bool IsLeftover(string path) => Path.GetFileName(path) == FencingToken.Root;

    private string? NewRunDirectory(ParsedCommand command)
    {
        string? directory = command.Text(options.RunDirectory);
        if (directory is null)
        {
            return null;
        }

        if (File.Exists(directory))
        {
            throw new InputException($"--run-dir {directory} is a file; give a new or empty folder");
        }

        if (File.Exists(Path.Combine(directory, "run.json")))
        {
            throw new InputException(
                $"--run-dir {directory} already holds a run; continue it with --resume {directory}, or give another folder"
            );
        }

        bool mayHoldLeftovers = command.Has(options.ResumeIfExists);
        return !Directory.Exists(directory) || Directory.EnumerateFileSystemEntries(directory).All(path => mayHoldLeftovers && IsLeftover(path))
            ? directory
            : throw new InputException($"--run-dir {directory} is not empty; give a new or empty folder");
    }
}
