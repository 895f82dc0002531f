using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Distributed.Deploy;

/// <summary>What is used of compose.yaml; a key that is not listed here is an error, and so is one that stands there twice.</summary>
internal sealed class Compose
{
    public string Name { get; set; } = "";

    public Dictionary<string, Service> Services { get; set; } = [];

    public Dictionary<string, Network?> Networks { get; set; } = [];

    public Dictionary<string, Secret> Secrets { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];

    internal static Compose Read() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build()
        .Deserialize<Compose>(Repository.Text("deploy/compose.yaml"));

    /// <summary>The services' command lines.</summary>
    internal IEnumerable<RoleCommand> Commands() => Services.Values.Select(service => service.RoleCommand());

    internal sealed class Service
    {
        public string Image { get; set; } = "";

        public Build? Build { get; set; }

        public List<string>? Entrypoint { get; set; }

        public List<string> Command { get; set; } = [];

        [YamlMember(Alias = "depends_on")]
        public List<string> DependsOn { get; set; } = [];

        public string Restart { get; set; } = "";

        public string StopGracePeriod { get; set; } = "";

        public Deployment? Deploy { get; set; }

        public List<string> Networks { get; set; } = [];

        public List<string> Ports { get; set; } = [];

        public List<string> Secrets { get; set; } = [];

        public List<string> Volumes { get; set; } = [];

        public bool ReadOnly { get; set; }

        public List<string> Tmpfs { get; set; } = [];

        public List<string> CapDrop { get; set; } = [];

        public List<string> SecurityOpt { get; set; } = [];

        internal RoleCommand RoleCommand()
        {
            string[] program = Entrypoint?.ToArray() ?? Dockerfile.Exec(Dockerfile.Read().Last("ENTRYPOINT").Rest);
            return new RoleCommand(Path.GetFileName(Assert.Single(program)), Command);
        }
    }

    internal sealed class Build
    {
        public string Context { get; set; } = "";

        public string Dockerfile { get; set; } = "";
    }

    internal sealed class Deployment
    {
        public int Replicas { get; set; }
    }

    internal sealed class Network
    {
        public bool Internal { get; set; }
    }

    internal sealed class Secret
    {
        public string File { get; set; } = "";
    }
}
