using k8s.Models;

namespace Distributed.Deploy;

/// <summary>The manifests agree with each other and with the programs.</summary>
public sealed class KubernetesTests
{
    private readonly Manifests _manifests = Manifests.Read();

    private V1Container Coordinator => Assert.Single(_manifests.Coordinator.Spec.Template.Spec.Containers);

    private V1Container Worker => Assert.Single(_manifests.Workers.Spec.Template.Spec.Containers);

    private RoleCommand CoordinatorCommand => Manifests.CommandOf(Coordinator);

    private RoleCommand WorkerCommand => Manifests.CommandOf(Worker);

    [Fact]
    public void TheKustomizationListsEveryFile() =>
        Assert.All(Manifests.FileNames(), name => Assert.Contains($"- {name}\n", Manifests.KustomizationText, StringComparison.Ordinal));

    [Fact]
    public void TheProgramsUnderstandTheirCommands()
    {
        Assert.Equal(("coordinator", "worker"), (CoordinatorCommand.Role, WorkerCommand.Role));
        Assert.Null(CoordinatorCommand.Objection());
        Assert.Null(WorkerCommand.Objection());
    }

    [Fact]
    public void WorkersFindTheCoordinatorByItsService()
    {
        V1Service service = _manifests.One<V1Service>("coordinator");
        Assert.Equal("None", service.Spec.ClusterIP);
        Assert.True(Manifests.Selects(service.Spec.Selector, _manifests.Coordinator.Spec.Template.Metadata.Labels));
        Assert.False(Manifests.Selects(service.Spec.Selector, _manifests.Workers.Spec.Template.Metadata.Labels));
        Assert.Equal($"{service.Metadata.Name}:{CoordinatorCommand.PortOf("--listen")}", WorkerCommand.ValueOf("--coordinator"));
        foreach (V1ServicePort port in service.Spec.Ports)
        {
            Assert.Equal(Coordinator.Ports.Single(one => one.Name == port.TargetPort.Value).ContainerPort, port.Port);
        }
    }

    [Fact]
    public void ThePortsAreTheOnesThatTheProgramsOpen()
    {
        Assert.Equal(
            new[] { "--listen", "--dashboard", "--health" }.Select(CoordinatorCommand.PortOf), Coordinator.Ports.Select(port => port.ContainerPort));
        Assert.Equal([WorkerCommand.PortOf("--health")], Worker.Ports.Select(port => port.ContainerPort));
    }

    [Fact]
    public void ProbesAskTheHealthPort()
    {
        foreach (V1Container container in new[] { Coordinator, Worker })
        {
            foreach ((V1Probe probe, string path) in new[]
            {
                (container.StartupProbe, "/healthz"), (container.LivenessProbe, "/healthz"), (container.ReadinessProbe, "/readyz"),
            })
            {
                Assert.Equal((path, "health"), (probe.HttpGet.Path, probe.HttpGet.Port.Value));
            }

            Assert.Contains(container.Ports, port => port.Name == "health");
        }
    }

    [Fact]
    public void ADeploymentsSelectorMatchesItsPods() =>
        Assert.True(Manifests.Selects(_manifests.Workers.Spec.Selector.MatchLabels, _manifests.Workers.Spec.Template.Metadata.Labels));

    /// <summary>A file that an option names lies below a mount, a mount is a volume, a claim is declared.</summary>
    [Fact]
    public void EveryFileOnACommandLineIsMounted()
    {
        foreach ((_, V1PodSpec pod) in _manifests.Pods())
        {
            V1Container container = Assert.Single(pod.Containers);
            Assert.Equal(pod.Volumes.Select(volume => volume.Name).Order(), container.VolumeMounts.Select(mount => mount.Name).Order());
            IEnumerable<string> paths = container.Args.Select(argument => argument.Split('=')[^1]).Where(value => value.StartsWith('/'));
            Assert.All(
                paths,
                path => Assert.Contains(container.VolumeMounts, mount => (path + "/").StartsWith(mount.MountPath + "/", StringComparison.Ordinal)));
            Assert.All(
                pod.Volumes.Where(volume => volume.PersistentVolumeClaim is not null),
                volume => _manifests.One<V1PersistentVolumeClaim>(volume.PersistentVolumeClaim.ClaimName));
        }
    }

    /// <summary>The page creates each secret that a pod mounts, with every file that the command line names in it.</summary>
    [Fact]
    public void TheSecretsAreTheOnesThatThePageCreates()
    {
        string[] page = Repository.LogicalLines(Repository.Text("deploy/README.md"));
        foreach ((_, V1PodSpec pod) in _manifests.Pods())
        {
            V1Container container = Assert.Single(pod.Containers);
            foreach (V1Volume volume in pod.Volumes.Where(volume => volume.Secret is not null))
            {
                string create = Assert.Single(page, line => line.Contains($"create secret generic {volume.Secret.SecretName} ", StringComparison.Ordinal));
                string mount = container.VolumeMounts.Single(one => one.Name == volume.Name).MountPath + "/";
                IEnumerable<string> values = container.Args.Select(argument => argument.Split('=')[^1]);
                foreach (string file in values.Where(value => value.StartsWith(mount, StringComparison.Ordinal)))
                {
                    Assert.Contains($"--from-file={file[mount.Length..]}", create, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void PodsHaveNoMoreRightsThanTheyNeed()
    {
        string user = Dockerfile.Read().Last("USER").Rest;
        foreach ((_, V1PodSpec pod) in _manifests.Pods())
        {
            V1Container container = Assert.Single(pod.Containers);
            Assert.Equal(user, $"{pod.SecurityContext.RunAsUser}:{pod.SecurityContext.RunAsGroup}");
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
            Assert.Equal(["cpu", "memory"], container.Resources.Limits.Keys.Order());
        }
    }

    [Fact]
    public void ThePoliciesLetWorkersReachTheCoordinator()
    {
        V1NetworkPolicy coordinator = _manifests.One<V1NetworkPolicy>("coordinator");
        V1NetworkPolicy worker = _manifests.One<V1NetworkPolicy>("worker");
        IDictionary<string, string> coordinatorLabels = _manifests.Coordinator.Spec.Template.Metadata.Labels;
        IDictionary<string, string> workerLabels = _manifests.Workers.Spec.Template.Metadata.Labels;
        Assert.True(Manifests.Selects(coordinator.Spec.PodSelector.MatchLabels, coordinatorLabels));
        Assert.True(Manifests.Selects(worker.Spec.PodSelector.MatchLabels, workerLabels));

        string port = CoordinatorCommand.PortOf("--listen").ToString();
        Assert.Contains(coordinator.Spec.Ingress, rule => Allows(rule.FromProperty, workerLabels) && rule.Ports.Any(one => one.Port.Value == port));
        Assert.Contains(worker.Spec.Egress, rule => Allows(rule.To, coordinatorLabels) && rule.Ports.Any(one => one.Port.Value == port));
        Assert.Contains(coordinator.Spec.Ingress, rule => rule.Ports.Any(one => one.Port.Value == CoordinatorCommand.PortOf("--dashboard").ToString()));
    }

    /// <summary>A run's folder has one writer, and what cannot succeed is not tried again.</summary>
    [Fact]
    public void TheCoordinatorIsReplacedOnlyWhenThatCanHelp()
    {
        V1JobSpec job = _manifests.Coordinator.Spec;
        Assert.Equal("Failed", job.PodReplacementPolicy);
        Assert.Equal("Never", job.Template.Spec.RestartPolicy);
        V1PodFailurePolicyRule fatal = Assert.Single(job.PodFailurePolicy.Rules, rule => rule.Action == "FailJob");
        Assert.Equal(Coordinator.Name, fatal.OnExitCodes.ContainerName);
        Assert.Equal([Distributed.Coordinator.Commands.ExitCode.BadInput], fatal.OnExitCodes.Values);
    }

    private static bool Allows(IList<V1NetworkPolicyPeer> peers, IDictionary<string, string> labels) =>
        peers.Any(peer => peer.PodSelector is { MatchLabels: { } selector } && Manifests.Selects(selector, labels));
}
