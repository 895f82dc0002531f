using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Web;
using Distributed.Health;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>The options of train: those of the run, and one for every value of a recipe.</summary>
public sealed class TrainOptionSet
{
    private const string RunGroup = "Run";
    private const string DataGroup = "Data";
    private const string ModelGroup = "Model";
    private const string CheckpointGroup = "Checkpoints";

    private readonly Dictionary<RecipeSetting, CommandOption> _settings;

    /// <param name="cores">The default number of workers.</param>
    public TrainOptionSet(int cores)
    {
        Workers = new CommandOption(
            "--workers",
            "N",
            RunGroup,
            "workers on this machine, 1 to 1024; any number gives the same weights",
            $"default {cores}, the cores here"
        );
        Recipe defaults = RecipeCatalog.Default;
        _settings = RecipeSettings.All.ToDictionary(
            setting => setting,
            setting => new CommandOption(
                $"--{setting.Key}",
                setting.Placeholder,
                setting.Group,
                setting.Help,
                $"default {setting.Format(defaults)}"
            )
        );
        All =
        [
            Workers,
            SingleProcess,
            Audit,
            .. ProcessOptions,
            .. PortOptions,
            RecipeName,
            RunDirectory,
            TensorBoard,
            Dashboard,
            DashboardTokenFile,
            Health,
            Data,
            TestData,
            LabelColumn,
            .. Settings(DataGroup),
            .. Settings(ModelGroup),
            InitFrom,
            .. Settings("Training"),
            CheckpointEvery,
            Resume,
            ResumeIfExists,
            .. Cluster.All,
            CommonOptions.Help,
            CommonOptions.Version,
        ];
    }

    /// <summary>In help's order.</summary>
    public IReadOnlyList<CommandOption> All { get; }

    public CommandOption Workers { get; }

    public CommandOption SingleProcess { get; } = new("--single-process", null, RunGroup, "runs the workers inside this process");

    public CommandOption Audit { get; } =
        new("--audit", "FRACTION", RunGroup, "computes this share of microbatches twice and removes a worker that computes wrongly", "default 0");

    public CommandOption Listen { get; } =
        new("--listen", "HOST:PORT", RunGroup, "accepts workers that people start: worker --coordinator HOST:PORT", "default this machine's own only");

    public CommandOption Spawn { get; } =
        new("--spawn", "N", RunGroup, "how many of the workers this program starts itself", "default all of them, 0 with --listen");

    public CommandOption JoinTokenFile { get; } =
        new("--join-token-file", "FILE", RunGroup, "holds the token that workers of --listen must show", "default DISTRIBUTED_JOIN_TOKEN");

    public CommandOption TlsCertificate { get; } =
        new("--tls-certificate", "FILE", RunGroup, "encrypts --listen and --dashboard with this certificate (PEM)");

    public CommandOption TlsKey { get; } = new("--tls-key", "FILE", RunGroup, "the certificate's key (PEM)");

    public CommandOption TlsAuthority { get; } = new("--tls-ca", "FILE", RunGroup, "workers must present a certificate that this authority (PEM) has signed");

    public CommandOption Insecure { get; } =
        new("--insecure", null, RunGroup, "allows --listen and --dashboard on other addresses without token and TLS");

    /// <summary>What only makes sense with workers in other processes.</summary>
    public IReadOnlyList<CommandOption> ProcessOptions => [Listen, Spawn, .. ListenOptions];

    /// <summary>What only makes sense with --listen.</summary>
    public IReadOnlyList<CommandOption> ListenOptions => [JoinTokenFile, TlsAuthority];

    /// <summary>What only makes sense with a port that other machines may reach.</summary>
    public IReadOnlyList<CommandOption> PortOptions => [TlsCertificate, TlsKey, Insecure];

    public ClusterOptionSet Cluster { get; } = new();

    public CommandOption RecipeName { get; } =
        new("--recipe", "NAME|FILE", RunGroup, "what to train; the options below override it", $"default {RecipeCatalog.DefaultName}");

    public CommandOption RunDirectory { get; } =
        new("--run-dir", "DIR", RunGroup, "a new folder for metrics, checkpoints and the model", "default a new folder in runs/");

    public CommandOption TensorBoard { get; } =
        new("--tensorboard", null, RunGroup, "also writes metrics and histograms for TensorBoard to the run's folder");

    public CommandOption Dashboard { get; } =
        new(
            "--dashboard",
            "[HOST:PORT]",
            RunGroup,
            $"serves a live page at {DashboardSettings.DefaultAddress} or elsewhere, with metrics for Prometheus",
            "default off"
        );

    public CommandOption DashboardTokenFile { get; } =
        new("--dashboard-token", "FILE", RunGroup, "holds the token that the dashboard asks for", "default DISTRIBUTED_DASHBOARD_TOKEN");

    public CommandOption Health { get; } = new(HealthAddress.Option, "HOST:PORT", RunGroup, HealthAddress.Help, "default off");

    public CommandOption Data { get; } =
        new("--data", "SOURCE", DataGroup, "mnist, a folder of IDX files, FILE.csv or FILE.npz", "default mnist");

    public CommandOption TestData { get; } =
        new("--test-data", "SOURCE", DataGroup, "likewise, to test with", "default what --data brings");

    public CommandOption LabelColumn { get; } =
        new("--label-column", "COLUMN", DataGroup, "the label's column in a CSV file, by name or by number from 1", "default the first");

    public CommandOption InitFrom { get; } =
        new("--init-from", "FILE", ModelGroup, "initial weights: FILE.safetensors or FILE.npz, ours, PyTorch's or Keras'", "default --init");

    public CommandOption CheckpointEvery { get; } =
        new("--checkpoint-every", "STEPS", CheckpointGroup, "saves one every so many steps as well", "default at each epoch's end");

    public CommandOption Resume { get; } =
        new("--resume", "DIR", CheckpointGroup, "continues a stopped run, to the same bytes; its recipe cannot change");

    public CommandOption ResumeIfExists { get; } =
        new(
            "--resume-if-exists",
            null,
            CheckpointGroup,
            "begins the run in --run-dir, or continues it where there is one, or prints the results of one that is complete: for supervisors"
        );

    /// <summary>The option of each recipe value.</summary>
    public IEnumerable<(RecipeSetting Setting, CommandOption Option)> RecipeOptions => _settings.Select(pair => (pair.Key, pair.Value));

    private IEnumerable<CommandOption> Settings(string group) =>
        RecipeSettings.All.Where(setting => setting.Group == group).Select(setting => _settings[setting]);
}
